import { isShared, isUsedByRare, loads } from './loaded-modules.js';
import { modulesInWalk } from './modules-in-walk.js';
import { type Chunk, rareChunks } from './rare-chunks.js';

/** The modules that run after a walk; they load together. */
const afterWalk = ['handover/hand-over', 'main/conclude', 'main/rehearse-conclusion', 'main/summarize'];

const awsPackages = /node_modules[\\/]@(aws-sdk|smithy|aws)[\\/]/;

const usedInWalk = await modulesInWalk();

function isWalk(id: string): boolean {
  return ['aws/sts', 'aws/walk', 'aws/rehearse'].some((name) => loads(name, id));
}

/** Modules that load together share a file, because each file takes 0.2 ms to open. The first matching row wins. */
export const chunks: readonly Chunk[] = [
  ...rareChunks,
  { name: 'aws-sdk', test: (id) => awsPackages.test(id) && usedInWalk.has(id) },
  { name: 'machine-credentials', test: (id) => /credential-provider-(imds|http)[\\/]/.test(id) },
  { name: 'aws-profiles', test: (id) => awsPackages.test(id) },
  { name: 'refresh-reader', test: (id) => isShared(id) && loads('credential-process', id) },
  { name: 'report', test: (id) => isShared(id) && loads('main', id) && loads('post', id) },
  { name: 'clean-up', test: (id) => isShared(id) && loads('post', id) },
  {
    name: 'chain',
    test: (id) => (isShared(id) && (loads('main', id) || /domain[\\/]chain[\\/]/.test(id))) || isUsedByRare(id),
  },
  { name: 'walk', test: (id) => isWalk(id) && !loads('main', id) },
  {
    name: 'summary',
    test: (id) => isShared(id) && loads('steps/main/summarize', id) && loads('steps/main/report-dry-run', id),
  },
  {
    name: 'conclude',
    test: (id) => afterWalk.some((name) => loads(`steps/${name}`, id)) && !loads('steps/renewal/renew-session', id),
  },
];
