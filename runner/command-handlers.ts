import { lowerAscii, setIgnoringCase, trim } from './dotnet-text.js';
import { annotate, debug, output, type StepContext, warn } from './step-record.js';
import type { AnnotationLevel } from './step-result.js';
import type { WorkflowCommand } from './workflow-command.js';

interface Handler {
  /** True for commands that already produce a log line of their own. */
  readonly omitEcho: boolean;
  readonly run: (command: WorkflowCommand, context: StepContext, settings: CommandSettings) => void;
}

/** Settings that a stage's commands change. */
export interface CommandSettings {
  /** Whether the log shows each command. */
  echo: boolean;
  /** While this is set, only the command of this name is carried out. */
  stopToken: string | undefined;
}

/** The workflow commands, except stop-commands. */
export const commandHandlers: Readonly<Record<string, Handler>> = {
  'add-mask': { omitEcho: true, run: addMask },
  debug: { omitEcho: true, run: ({ data }, context) => debug(context, data) },
  error: { omitEcho: true, run: issue('error') },
  warning: { omitEcho: true, run: issue('warning') },
  notice: { omitEcho: true, run: issue('notice') },
  group: { omitEcho: false, run: ({ data }, context) => output(context, `##[group]${data}`) },
  endgroup: { omitEcho: false, run: (_, context) => output(context, '##[endgroup]') },
  echo: { omitEcho: false, run: setEcho },
  'set-output': { omitEcho: false, run: setOutput },
  'save-state': { omitEcho: false, run: saveState },
  'set-env': { omitEcho: false, run: disabled },
  'add-path': { omitEcho: false, run: disabled },
  'add-matcher': { omitEcho: false, run: unsupported },
  'remove-matcher': { omitEcho: false, run: unsupported },
};

function addMask({ data }: WorkflowCommand, context: StepContext, settings: CommandSettings): void {
  if (trim(data) === '') {
    warn(context, "Can't add secret mask for empty string in ##[add-mask] command.");
    return;
  }
  if (settings.echo) {
    output(context, '::add-mask::***');
  }
  context.masker.add(data);
  context.record.masks.push(data);
}

function issue(level: AnnotationLevel): Handler['run'] {
  return ({ data, properties }, context) => annotate(context, { level, message: data, properties });
}

function setEcho({ data }: WorkflowCommand, _: StepContext, settings: CommandSettings): void {
  const value = lowerAscii(trim(data));
  if (value !== 'on' && value !== 'off') {
    throw new Error(`Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`);
  }
  settings.echo = value === 'on';
}

function setOutput(command: WorkflowCommand, context: StepContext): void {
  deprecated(command, context);
  context.record.outputs[requiredName(command)] = command.data;
}

function saveState(command: WorkflowCommand, context: StepContext): void {
  deprecated(command, context);
  setIgnoringCase(context.record.state, requiredName(command), command.data);
  debug(context, `Save intra-action state ${requiredName(command)} = ${command.data}`);
}

function requiredName({ name, properties }: WorkflowCommand): string {
  const value = properties.name;
  if (value === undefined) {
    throw new Error(`Required field 'name' is missing in ##[${name}] command.`);
  }
  return value;
}

function deprecated({ name }: WorkflowCommand, context: StepContext): void {
  const hint = 'Please upgrade to using Environment Files.';
  warn(context, `The \`${name}\` command is deprecated and will be disabled soon. ${hint}`);
}

function disabled({ name }: WorkflowCommand): void {
  throw new Error(`The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
}

function unsupported({ name }: WorkflowCommand, context: StepContext): void {
  context.record.warnings.push(`The simulated runner ignores the \`${name}\` command.`);
}
