import { loadYaml } from '../src/domain/yaml.js';

await loadYaml();
