import { type Plugin, rolldown } from 'rolldown';
import { bundleOptions, withoutUnused } from './bundle-options.js';

/** Treats modules loaded by `import()` as external. */
const withoutLate: Plugin = {
  name: 'without-late',
  resolveDynamicImport: (id) => ({ id: String(id), external: true }),
};

/** The modules that a walk with an ID token uses. The AWS SDK imports many more, for other credential providers. */
export async function modulesInWalk(): Promise<ReadonlySet<string>> {
  const input = ['src/aws/sts.ts', 'src/aws/walk.ts'];
  const plugins = [withoutUnused, withoutLate];
  const walk = await rolldown({ ...bundleOptions, input, plugins, preserveEntrySignatures: 'strict' });
  const { output } = await walk.generate({ format: 'cjs' });
  const modules = output.flatMap((file) => (file.type === 'chunk' ? Object.entries(file.modules) : []));
  return new Set(modules.filter(([, { renderedLength }]) => renderedLength > 0).map(([id]) => id));
}
