import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssumedRole, ReachedTarget } from '../src/domain/chain/outcome.js';
import { parseIdentityArn } from '../src/domain/iam/arn.js';
import { readRequest } from '../src/domain/request/read-request.js';
import { reachedSummary } from '../src/domain/summary/reached.js';

/**
 * Creates docs/job-summary.png: the job summary of an example step, rendered as GitHub does, as a screenshot of a
 * headless Chromium. Installs Mermaid and a Markdown renderer into a temporary folder.
 */

const picture = join(import.meta.dirname, '..', 'docs', 'job-summary.png');
const size = { width: 1012, height: 680 } as const;
const packages = ['mermaid@11', 'markdown-it@14'] as const;

const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const chains = `staging: [${hub}, arn:aws:iam::222222222222:role/deploy]
prod: [${hub}, arn:aws:iam::333333333333:role/deploy]`;

/** The summary of a step with two targets behind one hub, at a fixed time. */
function exampleSummary(): string {
  const { targets } = readRequest({
    inputs: { targets: chains, 'role-session-name': 'deploy-42' },
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.com', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'none' },
  });
  const start = Date.UTC(2026, 0, 15, 9, 30);
  const walked = targets.map((target): ReachedTarget => {
    const sessions = target.hops.flatMap((hop): readonly AssumedRole[] => {
      if (!('arn' in hop.role) || hop.durationSeconds === 'max') {
        return [];
      }
      const { partition, accountId, name } = hop.role;
      const identity = parseIdentityArn(
        `arn:${partition}:sts::${accountId}:assumed-role/${name}/${hop.roleSessionName}`,
      );
      const expiration = new Date(start + hop.durationSeconds * 1000);
      const credentials = { accessKeyId: '', secretAccessKey: '', sessionToken: '', expiration };
      return [
        {
          hop,
          role: hop.role,
          identity,
          credentials,
          durationSeconds: hop.durationSeconds,
          secondsLeft: hop.durationSeconds,
          droppedTags: [],
        },
      ];
    });
    const last = sessions.at(-1);
    if (last === undefined) {
      throw new Error('The example has a target without hops.');
    }
    return { target, sessions, identity: last.identity, credentials: last.credentials, isKept: false };
  });
  return reachedSummary(walked, { masksAccountIds: false });
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
  photograph(pageOf(exampleSummary(), folder), folder);
  process.stdout.write(`${picture}: ${Math.round(statSync(picture).size / 1024)} KiB\n`);
} catch (error) {
  process.stdout.write(
    `No picture: it needs chromium on PATH and npm (${error instanceof Error ? error.message : ''}).\n`,
  );
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
