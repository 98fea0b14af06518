/**
 * The import rules: each room, and the rooms it may import besides itself. `test/house.test.ts` checks every import
 * against this table, and CONTRIBUTING.md shows it. A room is a folder, or a single file with rules of its own.
 */
export const rooms: Readonly<Record<string, { readonly answers: string; readonly imports: readonly string[] }>> = {
  'src/domain/input': { answers: "How is a user's text parsed, and a mistake reported?", imports: [] },
  'src/domain/rendering': { answers: 'How is one text rendered for the log and as Markdown?', imports: [] },
  'src/domain/calls': { answers: 'How do calls fail, and when and how fast are they made again?', imports: [] },
  'src/domain/shared-config': {
    answers: "How are AWS's config files parsed, and edited without changing other bytes?",
    imports: ['src/domain/input'],
  },
  'src/domain/identifiers': {
    answers: 'What are the identifiers of AWS: ARNs, accounts, roles, Regions, keys?',
    imports: ['src/domain/input'],
  },
  'src/domain/session-limits': {
    answers: 'How long may a session be, and which tags and policies may it have?',
    imports: ['src/domain/input'],
  },
  'src/domain/id-token': {
    answers: "How is the job's ID token requested, and what does it claim?",
    imports: ['src/domain/input'],
  },
  'src/domain/endpoint': {
    answers: 'Which STS endpoint is called?',
    imports: ['src/domain/identifiers', 'src/domain/input', 'src/domain/proxy'],
  },
  'src/domain/proxy': { answers: 'Which proxy is used, and for which hosts none?', imports: ['src/domain/input'] },
  'src/domain/chain': {
    answers: 'What is a chain, what is impossible in it, and which results can a walk have?',
    imports: [
      'src/domain/calls',
      'src/domain/endpoint',
      'src/domain/identifiers',
      'src/domain/id-token',
      'src/domain/input',
      'src/domain/proxy',
      'src/domain/session-limits',
    ],
  },
  'src/domain/base-identity': {
    answers: 'Where does a chain start?',
    imports: [
      'src/domain/chain',
      'src/domain/identifiers',
      'src/domain/input',
      'src/domain/session-limits',
      'src/domain/shared-config',
    ],
  },
  'src/domain/declared': {
    answers: 'Which chains and targets does the workflow declare?',
    imports: [
      'src/domain/chain',
      'src/domain/identifiers',
      'src/domain/input',
      'src/domain/session-limits',
      'src/domain/shared-config',
    ],
  },
  'src/domain/needed-policies': {
    answers: 'What must each account allow?',
    imports: ['src/domain/chain', 'src/domain/identifiers', 'src/domain/id-token', 'src/domain/session-limits'],
  },
  'src/domain/refresh': {
    answers: 'What does a later process need to renew a session?',
    imports: ['src/domain/chain', 'src/domain/identifiers', 'src/domain/input'],
  },
  'src/domain/undo': {
    answers: 'How does post undo what the step left?',
    imports: ['src/domain/input', 'src/domain/shared-config'],
  },
  'src/domain/handover': {
    answers: 'What does the step leave for later steps?',
    imports: [
      'src/domain/chain',
      'src/domain/identifiers',
      'src/domain/input',
      'src/domain/session-limits',
      'src/domain/shared-config',
      'src/domain/undo',
    ],
  },
  'src/domain/request': {
    answers: 'What do the inputs ask for, and is it possible?',
    imports: [
      'src/domain/base-identity',
      'src/domain/calls',
      'src/domain/chain',
      'src/domain/declared',
      'src/domain/endpoint',
      'src/domain/handover',
      'src/domain/identifiers',
      'src/domain/input',
      'src/domain/proxy',
      'src/domain/refresh',
      'src/domain/session-limits',
      'src/domain/shared-config',
    ],
  },
  'src/domain/explain': {
    answers: 'Why did it fail, and what now?',
    imports: [
      'src/domain/calls',
      'src/domain/chain',
      'src/domain/identifiers',
      'src/domain/id-token',
      'src/domain/input',
      'src/domain/needed-policies',
      'src/domain/rendering',
    ],
  },
  'src/domain/summary': {
    answers: 'What do the job summary and the dry run show?',
    imports: [
      'src/domain/chain',
      'src/domain/identifiers',
      'src/domain/id-token',
      'src/domain/input',
      'src/domain/needed-policies',
      'src/domain/rendering',
      'src/domain/session-limits',
    ],
  },
  'src/domain/secrets': {
    answers: 'Which values are secret, and how are they removed from a text?',
    imports: [
      'src/domain/chain',
      'src/domain/identifiers',
      'src/domain/input',
      'src/domain/proxy',
      'src/domain/shared-config',
      'src/domain/undo',
    ],
  },
  'src/process': { answers: 'When do work and the process have to end?', imports: [] },
  'src/github': { answers: 'What does the step read from the runner and write to it?', imports: ['src/domain'] },
  'src/aws': { answers: "How are STS and AWS's credential providers called?", imports: ['src/domain', 'src/process'] },
  'src/net': { answers: 'Which other HTTP requests are made?', imports: ['src/domain', 'src/process'] },
  'src/disk/files': { answers: 'How is a file or folder read and written safely?', imports: ['src/domain'] },
  'src/disk/lock': {
    answers: 'How do processes take turns at a file, and when is a lock abandoned?',
    imports: ['src/disk/files'],
  },
  'src/disk/profiles': {
    answers: 'How are profiles written to the AWS files, and removed again?',
    imports: ['src/disk/files', 'src/disk/lock', 'src/domain'],
  },
  'src/disk/step-files': {
    answers: 'Which files does a step keep for the post step and for renewals?',
    imports: ['src/disk/files', 'src/domain'],
  },
  'src/steps/machine': {
    answers: 'Which AWS files and credential providers does this machine have?',
    imports: ['src/disk', 'src/domain'],
  },
  'src/steps/stray-output': { answers: 'What happens to the output of libraries and of Node?', imports: [] },
  'src/steps/walk': {
    answers: 'How is a chain walked, with its connections and tokens?',
    imports: [
      'src/aws',
      'src/disk',
      'src/domain',
      'src/net',
      'src/process',
      'src/steps/machine',
      'src/steps/stray-output',
    ],
  },
  'src/steps/handover': {
    answers: 'How is the handover checked, written and undone?',
    imports: ['src/disk', 'src/domain', 'src/github', 'src/steps/machine'],
  },
  'src/steps/main': {
    answers: 'What does the main step do, in which order?',
    imports: [
      'src/aws',
      'src/disk',
      'src/domain',
      'src/github',
      'src/net',
      'src/process',
      'src/steps/handover',
      'src/steps/machine',
      'src/steps/stray-output',
      'src/steps/walk',
    ],
  },
  'src/steps/post': {
    answers: 'What does the post step do, in which order?',
    imports: ['src/disk', 'src/domain', 'src/github', 'src/steps/handover', 'src/steps/machine'],
  },
  'src/steps/renewal': {
    answers: 'How does a later process renew a session?',
    imports: ['src/disk', 'src/domain', 'src/process', 'src/steps/machine', 'src/steps/stray-output', 'src/steps/walk'],
  },
  'src/main.ts': {
    answers: 'The main step.',
    imports: ['src/domain/input', 'src/github', 'src/process', 'src/steps/main'],
  },
  'src/post.ts': {
    answers: 'The post step.',
    imports: ['src/domain/input', 'src/github', 'src/process', 'src/steps/post'],
  },
  'src/credential-process.ts': {
    answers: 'The credential_process of a renewing profile. Its stdout is a protocol, so it never reaches src/github.',
    imports: ['src/disk/step-files', 'src/domain', 'src/process', 'src/steps/renewal'],
  },
  'emulator/wire': { answers: "What is the wire format of AWS's requests, answers and signatures?", imports: [] },
  'emulator/world': { answers: 'Which accounts, roles, users and job exist?', imports: [] },
  'emulator/policy-language': { answers: 'Does a policy allow a request?', imports: ['emulator/world'] },
  'emulator/tokens': {
    answers: "What is in a job's ID token or a SAML assertion, and is it valid?",
    imports: ['emulator/wire', 'emulator/world'],
  },
  'emulator/session': {
    answers: 'Who is calling, and which sessions were issued?',
    imports: ['emulator/policy-language', 'emulator/wire', 'emulator/world'],
  },
  'emulator/sts': {
    answers: 'How does STS answer?',
    imports: ['emulator/policy-language', 'emulator/session', 'emulator/tokens', 'emulator/wire', 'emulator/world'],
  },
  'emulator/server': {
    answers: 'What does the HTTP server send, and which faults can it inject?',
    imports: ['emulator/session', 'emulator/sts', 'emulator/tokens', 'emulator/wire', 'emulator/world'],
  },
  'emulator/command': {
    answers: 'What does the command line ask for, and what is printed?',
    imports: ['emulator/server', 'emulator/world'],
  },
  'emulator/cli.ts': {
    answers: 'The command `npm run emulator`.',
    imports: ['emulator/command', 'emulator/server', 'emulator/world'],
  },
  runner: { answers: "What would GitHub's runner do?", imports: [] },
};
