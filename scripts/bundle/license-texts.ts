import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository: string;
  readonly text: string | undefined;
}

/**
 * The licence of every package that these modules belong to. Each text appears once with all its packages. A package
 * without a licence file uses the text of another package of the same repository and licence; throws when there is
 * none.
 */
export function licenseTexts(modules: readonly string[]): string {
  const folders = [...new Set(modules.flatMap((id) => packageFolder(id) ?? []))].sort();
  const packages = folders.map(readPackage);
  const covered = new Map<string, string[]>();
  for (const one of packages) {
    const text =
      one.text ??
      packages.find((other) => other.text && one.license === other.license && one.repository === other.repository)
        ?.text;
    if (text === undefined) {
      throw new Error(`The package ${one.name} has no licence text.`);
    }
    covered.set(text, [...(covered.get(text) ?? []), `${one.name} ${one.version} (${one.license})`]);
  }
  const parts = [...covered].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return `The files of this folder contain code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The bundler's own helper functions, which it adds to the chunks. */
const bundlerModule = '\0rolldown/';
const bundler = join(root, 'node_modules', 'rolldown');

/** The folder of the package that a module belongs to; undefined for a module of this project. */
function packageFolder(id: string): string | undefined {
  return id.startsWith(bundlerModule) ? bundler : /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0];
}

function readPackage(folder: string): Package {
  const { name, version, license, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one));
  const text = file && readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return { name, version, license, repository: repository?.url, text };
}
