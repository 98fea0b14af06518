import { describe, expect, test } from 'vitest';
import { parseWorkflowCommand } from '../../../runner/workflow-command.js';
import { logText, visibleText } from '../../../src/domain/rendering/harmless-text.js';
import { commands, hostileTexts } from '../../support/hostile-texts.js';

const registered = new Set(['save-state', 'stop-commands', 'add-mask', 'set-output', 'error', 'set-env']);

describe('a text for the log', () => {
  test.each(Object.entries(hostileTexts))('contains no workflow command: %s', (_, text) => {
    const shown = logText(`AccessDenied: ${text}`);
    for (const line of shown.split(/\r\n|\r|\n/)) {
      expect(parseWorkflowCommand(line, registered), line).toBeUndefined();
    }
    expect(shown).not.toMatch(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/u);
  });

  test('without invisible characters is unchanged', () => {
    const text = 'Hop 1: arn:aws:iam::111111111111:role/ci → x\n\t- grün 🎉 # a: b\n';
    expect(logText(text)).toBe(text);
    expect(visibleText(`${text}::error::x`)).toBe(`${text}::error::x`);
  });

  test.each([
    ['a\r\nb', 'a\nb'],
    ['a\rb', 'a\\rb'],
    ['\x1b[31mred', '\\u001b[31mred'],
    ['x\u0085y\u2028z', 'x\\u0085y\\u2028z'],
    ['\u202eright to left\u{e0041}', '\\u202eright to left\\u{e0041}'],
    ['\ud800', '\\ud800'],
    ['##[error]x', '# #[error]x'],
    ['\u3000::error::x', '\u3000: :error::x'],
  ])('shows the invisible characters: %j', (text, shown) => {
    expect(logText(text)).toBe(shown);
  });

  test('contains a command in every row of the table before it is escaped', () => {
    expect(commands.every((command) => parseWorkflowCommand(command, registered) !== undefined)).toBe(true);
  });
});
