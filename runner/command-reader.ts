import { type CommandSettings, commandHandlers } from './command-handlers.js';
import { lowerAscii } from './dotnet-text.js';
import { output, refuse, type StepContext } from './step-record.js';
import { parseWorkflowCommand, type WorkflowCommand } from './workflow-command.js';

/** Reads a step's lines in order and reports which are `add-mask` commands: only those may contain a secret. */
interface CommandReader {
  readonly read: (line: string) => { readonly maskCommand: boolean };
}

const stopCommand = 'stop-commands';
const commandNames: ReadonlySet<string> = new Set([stopCommand, ...Object.keys(commandHandlers)]);

/** A reader for one stage. Like the runner, it reads commands from standard output and standard error. */
export function createCommandReader(context: StepContext): CommandReader {
  const settings: CommandSettings = { echo: context.debug, stopToken: undefined };
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

function registered(settings: CommandSettings): ReadonlySet<string> {
  return settings.stopToken === undefined ? commandNames : new Set([...commandNames, settings.stopToken]);
}

// The runner uses these two markers for its own groups, so it escapes them in a step's output.
function shown(line: string): string {
  return line.replaceAll('##[start-action', '##[\\start-action').replaceAll('##[end-action', '##[\\end-action');
}

/** Carries out a command. False when the line is ordinary output. */
function carryOut(
  command: WorkflowCommand,
  line: string,
  { context, settings }: { context: StepContext; settings: CommandSettings },
): boolean {
  if (settings.stopToken !== undefined) {
    if (command.name !== settings.stopToken) {
      return false;
    }
    settings.stopToken = undefined;
    output(context, line);
    return true;
  }
  if (command.name === stopCommand) {
    stopCommands(command.data, context, settings);
    output(context, line);
    return true;
  }
  const handler = commandHandlers[command.name];
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

function stopCommands(token: string, context: StepContext, settings: CommandSettings): void {
  const name = lowerAscii(token);
  // GitHub's runner aborts the step with this error; here the error is logged and the step fails.
  if (name === '' || name === 'pause-logging' || commandNames.has(name)) {
    const reason = 'The stop-commands token is not allowed.';
    refuse(context, "Unable to process command 'stop-commands' successfully.", reason);
    return;
  }
  settings.stopToken = name;
  if (token.length > 6) {
    context.masker.add(token);
  }
}
