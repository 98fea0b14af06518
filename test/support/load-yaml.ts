import { loadYaml } from '../../src/domain/input/yaml.js';

await loadYaml();
