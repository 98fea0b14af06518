import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../emulator/server/start-emulator.js';
import { exampleWorld } from '../emulator/world/load-world.js';
import { startJob } from '../runner/job.js';
import { root } from './root.js';

/**
 * Creates docs/job-summary.png: the job summary of the built action, rendered as GitHub does, as a screenshot of a
 * headless Chromium (`chromium` on PATH). Installs Mermaid and a Markdown renderer into a temporary folder.
 */

const picture = join(root, 'docs', 'job-summary.png');
const size = { width: 1012, height: 680 } as const;
const packages = ['mermaid@11', 'markdown-it@14'] as const;

const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const inputs = {
  'aws-region': 'eu-west-1',
  'role-session-name': 'deploy-42',
  targets: `staging: [${hub}, arn:aws:iam::222222222222:role/deploy]
prod: [${hub}, arn:aws:iam::333333333333:role/deploy]`,
};

/** The summary that the built action writes for two targets behind one hub. */
async function exampleSummary(): Promise<string> {
  const emulator = await startEmulator({ world: await exampleWorld() });
  const job = await startJob({ action: root, environment: emulator.environment });
  try {
    const step = await job.step({ with: inputs });
    if (step.conclusion !== 'success') {
      throw new Error(`The example step failed:\n${step.log}`);
    }
    await job.finish();
    return step.summary;
  } finally {
    await job.close();
    await emulator.close();
  }
}

const style = `
  body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: #1f2328; margin: 24px 32px; }
  h3 { border-bottom: 1px solid #d1d9e0; padding-bottom: 6px; }
  table { border-collapse: collapse; } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
  tr:nth-child(even) { background: #f6f8fa; } a { color: #0969da; }
  code { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; background: #eff1f3; padding: 2px 6px; border-radius: 6px; }
  .mermaid { border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px; margin: 16px 0; }`;

/** The Markdown as an HTML page, rendered as GitHub does: tables, code, links and Mermaid. */
function pageOf(markdown: string, folder: string): string {
  const require = createRequire(join(folder, 'package.json'));
  const renderer = (require('markdown-it') as (options: object) => { render: (text: string) => string })({
    html: true,
  });
  const html = renderer
    .render(markdown)
    .replace(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<div class="mermaid">$1</div>');
  const mermaid = readFileSync(join(folder, 'node_modules/mermaid/dist/mermaid.min.js'), 'utf8');
  const begin = "mermaid.initialize({ startOnLoad: true, securityLevel: 'strict' });";
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>${html}<script>${mermaid.replaceAll('</script', '<\\/script')}</script><script>${begin}</script>`;
}

function photograph(page: string, folder: string): void {
  const file = join(folder, 'summary.html');
  writeFileSync(file, page);
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-scrollbars',
  ];
  const shot = [`--window-size=${size.width},${size.height}`, '--virtual-time-budget=8000', `--screenshot=${picture}`];
  const profile = `--user-data-dir=${join(folder, 'profile')}`;
  execFileSync('chromium', [...flags, ...quiet, ...shot, profile, `file://${file}`], {
    stdio: 'ignore',
    timeout: 60_000,
  });
}

const folder = mkdtempSync(join(tmpdir(), 'job-summary-'));
try {
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    stdio: 'ignore',
  });
  photograph(pageOf(await exampleSummary(), folder), folder);
  process.stdout.write(`${picture}: ${Math.round(statSync(picture).size / 1024)} KiB\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
