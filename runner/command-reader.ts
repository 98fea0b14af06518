import { lowerAscii, setIgnoringCase, trim } from './dotnet-text.js';
import { annotate, debug, output, refuse, type StepContext, warn } from './step-record.js';
import type { AnnotationLevel } from './step-result.js';
import { parseWorkflowCommand, type WorkflowCommand } from './workflow-command.js';

/**
 * Reads a step's lines in order of arrival and reports which are `add-mask` commands: only those may contain a secret.
 */
export interface CommandReader {
  readonly read: (line: string) => { readonly maskCommand: boolean };
}

interface Handler {
  /** True for commands that already produce a log line of their own. */
  readonly omitEcho: boolean;
  readonly run: (command: WorkflowCommand, context: StepContext, settings: Settings) => void;
}

interface Settings {
  echo: boolean;
  stopToken: string | undefined;
}

const HANDLERS: Readonly<Record<string, Handler>> = {
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
const STOP = 'stop-commands';
const REGISTERED: ReadonlySet<string> = new Set([STOP, ...Object.keys(HANDLERS)]);

/** A reader for one stage. Like the runner, it reads commands from standard output and standard error. */
export function createCommandReader(context: StepContext): CommandReader {
  const settings: Settings = { echo: context.debug, stopToken: undefined };
  return {
    read(line) {
      const command = parseWorkflowCommand(line, registered(settings));
      if (command === undefined || !carryOut(command, line, { context, settings })) {
        output(context, shown(line));
      }
      return { maskCommand: command?.name === 'add-mask' && settings.stopToken === undefined };
    },
  };
}

function registered(settings: Settings): ReadonlySet<string> {
  return settings.stopToken === undefined ? REGISTERED : new Set([...REGISTERED, settings.stopToken]);
}

// The runner uses these two markers for its own groups, so it escapes them in a step's output.
function shown(line: string): string {
  return line.replaceAll('##[start-action', '##[\\start-action').replaceAll('##[end-action', '##[\\end-action');
}

/** Carries out a command. False when the line is ordinary output. */
function carryOut(
  command: WorkflowCommand,
  line: string,
  where: { context: StepContext; settings: Settings },
): boolean {
  const { context, settings } = where;
  if (settings.stopToken !== undefined) {
    if (command.name !== settings.stopToken) {
      return false;
    }
    settings.stopToken = undefined;
    output(context, line);
    return true;
  }
  if (command.name === STOP) {
    stopCommands(command.data, context, settings);
    output(context, line);
    return true;
  }
  const handler = HANDLERS[command.name];
  if (handler === undefined) {
    return false;
  }
  if (settings.echo && !handler.omitEcho) {
    output(context, line);
  }
  try {
    handler.run(command, context, settings);
  } catch (error) {
    refuse(context, `Unable to process command '${handler.omitEcho ? command.name : line}' successfully.`, error);
  }
  return true;
}

function stopCommands(token: string, context: StepContext, settings: Settings): void {
  const name = lowerAscii(token);
  // GitHub's runner aborts the step with this error; here the error is logged and the step fails.
  if (name === '' || name === 'pause-logging' || REGISTERED.has(name)) {
    refuse(
      context,
      "Unable to process command 'stop-commands' successfully.",
      'The stop-commands token is not allowed.',
    );
    return;
  }
  settings.stopToken = name;
  if (token.length > 6) {
    context.masker.add(token);
  }
}

function addMask({ data }: WorkflowCommand, context: StepContext, settings: Settings): void {
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

function setEcho({ data }: WorkflowCommand, _: StepContext, settings: Settings): void {
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
