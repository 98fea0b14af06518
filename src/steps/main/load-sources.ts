import { isInventory } from '../../domain/declared/inventory.js';
import type { Environment } from '../../domain/input/environment.js';
import type { RawInputs } from '../../domain/input/input-names.js';
import type { OtherInputs } from '../../domain/input/unknown-inputs.js';
import { isYaml, loadYaml } from '../../domain/input/yaml.js';
import type { EarlySettings } from '../../domain/request/read-early-settings.js';
import type { RequestSources } from '../../domain/request/request-sources.js';
import { accountIdsOf } from '../../domain/secrets/known-secrets.js';
import { longSecretValues } from '../../domain/shared-config/secrets-in-files.js';
import { mask, scrubFromOutput } from '../../github/masks.js';
import { readMachineFiles, readRoleChainFile } from '../machine/machine-files.js';
import type { StepDeadline } from './step-deadline.js';

/** What the runner gives to the step. */
export interface Given {
  readonly inputs: RawInputs;
  readonly otherInputs: OtherInputs;
  readonly environment: Environment;
  readonly early: EarlySettings;
}

/** Reads the files that a request needs, and loads the YAML parser if it has YAML; rejects with InvalidRequest. */
export async function loadSources(given: Given, time: StepDeadline): Promise<RequestSources> {
  const { inputs, environment, early } = given;
  const path = inputs['role-chain-file']?.trim() ?? '';
  const roleChainFile = path === '' ? undefined : await readRoleChainFile(path, environment);
  time.prepareFor([roleChainFile?.text ?? '']);
  scrubFromOutput(longSecretValues(roleChainFile?.text ?? ''));
  if (roleChainFile !== undefined && early.masksAccountIds) {
    mask(accountIdsOf([roleChainFile.text]));
  }
  if (isInventory(path) || [inputs['role-chain'], inputs.targets].some((text) => isYaml(text ?? ''))) {
    await loadYaml();
  }
  const files = await readMachineFiles(environment, time.prepareFor);
  return { ...given, files, ...(roleChainFile && { roleChainFile }) };
}
