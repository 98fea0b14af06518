import type { YamlPath } from '../input/compose-yaml.js';
import type { Place } from '../input/place.js';
import type { Position } from '../input/position.js';
import type { ValueNode } from '../input/value-node.js';

/** Matches the names of access keys, in lower case and without separators. */
const keyNames = /^(aws)?(accesskeyid|secretaccesskey|sessiontoken|securitytoken)$/;

/** Patterns of secrets: AWS keys, GitHub tokens, JSON web tokens, private keys. */
const secretForms: readonly RegExp[] = [
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\b(gh[opsur]_\w{30,}|github_pat_\w{30,})/,
  /\beyJ[\w-]+\.eyJ[\w-]+\./,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A secret access key: 40 base64 characters, with both cases, a digit, and a + or /, which few names have.
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[+/])[A-Za-z0-9+/]{40}$/,
];

const fix = "Remove it, and revoke it if it was pushed; keep keys in secrets, or in the machine's own AWS files";

/** Reports access keys, other secrets and GitHub expressions in a repository file; never shows a secret. */
export function refuseSecrets(file: ValueNode, place: Place, nameItems: (path: YamlPath) => readonly string[]): void {
  const refuse = (path: YamlPath, position: Position | undefined, what: string) =>
    nameItems(path)
      .reduce((item, name) => item.at(name), place)
      .on(position)
      .report(what, fix);
  const visit = (node: ValueNode, path: YamlPath): void => {
    switch (node.kind) {
      case 'scalar':
        if (secretForms.some((form) => form.test(node.text))) {
          refuse(path, node.position, 'the value has the form of a secret, and the file is in the repository');
        } else if (node.text.includes('${{')) {
          nameItems(path)
            .reduce((item, name) => item.at(name), place)
            .on(node.position)
            .report('the value is an expression, and GitHub evaluates none in a file', 'Write the value itself');
        }
        return;
      case 'list':
        for (const [index, item] of node.items.entries()) {
          visit(item, [...path, index]);
        }
        return;
      case 'map':
        for (const [name, value] of node.entries) {
          if (keyNames.test(name.toLowerCase().replaceAll(/[^a-z]/g, ''))) {
            refuse(path, node.keys.get(name), 'the file is in the repository and must not contain keys');
          } else {
            visit(value, [...path, name]);
          }
        }
    }
  };
  visit(file, []);
}
