import { rooms } from '../rooms.js';
import { replaceSection } from './replace-section.js';

/** CONTRIBUTING.md with its table of rooms regenerated from rooms.ts. */
export function contributingWithRooms(text: string): string {
  const rows = Object.entries(rooms).map(([room, { answers, imports }]) => {
    const names = imports.map((one) => one.replace(/^(src\/domain|src|emulator)\//, ''));
    return `| \`${room}\` | ${answers} | ${names.join(', ')} |`;
  });
  return replaceSection(text, 'rooms', [
    '| room | question it answers | may import, besides itself |',
    '|---|---|---|',
    ...rows,
  ]);
}
