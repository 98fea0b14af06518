/** Renders a job summary for a terminal: aligned tables, the flowchart as arrows, links as their labels. */
export function renderSummary(markdown: string): string {
  const blocks = markdown.split(/(```mermaid\n[\s\S]*?\n```|(?:^\|.*\|\n?)+)/m);
  return blocks
    .map(renderBlock)
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function renderBlock(block: string): string {
  if (block.startsWith('```mermaid')) {
    return renderFlowchart(block);
  }
  return block.startsWith('|') ? renderTable(block) : renderText(block);
}

/** Prints each arrow of a Mermaid flowchart on its own line, indented by depth, with the account of its target. */
function renderFlowchart(text: string): string {
  const labels = nodeLabels(text);
  const arrows = [...text.matchAll(/^\s*(n\d+) -->\|"(.*)"\| (n\d+)$/gm)].map(([, from = '', label = '', to = '']) => ({
    from,
    label: plain(label),
    to,
  }));
  const draw = (from: string, depth: number): string[] =>
    arrows
      .filter((arrow) => arrow.from === from)
      .flatMap(({ label, to }) => [`${'    '.repeat(depth)}└─ ${label} → ${labels.get(to)}`, ...draw(to, depth + 1)]);
  const roots = [...labels.keys()].filter((id) => !arrows.some(({ to }) => to === id));
  return `${roots.flatMap((id) => [labels.get(id), ...draw(id, 0)]).join('\n')}\n`;
}

/** The label of each node, by its ID. */
function nodeLabels(text: string): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  let box = '';
  for (const line of text.split('\n')) {
    box = /^\s*subgraph \w+\["(.*)"\]$/.exec(line)?.[1] ?? (line.trim() === 'end' ? '' : box);
    const [, id, label] = /^\s*(n\d+)\(?\["(.*)"\]\)?$/.exec(line) ?? [];
    if (id !== undefined && label !== undefined) {
      labels.set(id, plain([label, box].filter((part) => part !== '').join(', ')));
    }
  }
  return labels;
}

function renderTable(text: string): string {
  const rows = text
    .trim()
    .split('\n')
    .filter((row) => !/^\|[\s|:-]+\|$/.test(row))
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => renderText(cell).trim()),
    );
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return `${rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

function renderText(text: string): string {
  return text
    .replaceAll(/<\/?(?:details|summary)>/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^#+ /gm, '')
    .replaceAll('`', '')
    .replaceAll(/\\([\\`*_{}[\]()#+.!|<>~-])/g, '$1');
}

/** Decodes the escapes of a Mermaid label. */
function plain(label: string): string {
  return label.replaceAll(/<br\s*\/?>/g, ', ').replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
