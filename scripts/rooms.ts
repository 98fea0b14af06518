/**
 * The walls of the house: each room, and the rooms whose files it may import besides its own. The house test holds every
 * import against this table, and CONTRIBUTING.md shows it. A room is a folder, or a single file with walls of its own.
 */
export const rooms: Readonly<Record<string, { readonly answers: string; readonly imports: readonly string[] }>> = {
  'src/domain/input': { answers: 'How is what somebody wrote read, and a mistake reported?', imports: [] },
  'src/domain/document': { answers: 'How does one text become log and Markdown?', imports: [] },
  'src/domain/shared-config': {
    answers: 'How do AWS files read, and change without touching other bytes?',
    imports: ['src/domain/input'],
  },
  'src/domain/iam': { answers: 'What does AWS call things, and what does it allow?', imports: ['src/domain/input'] },
  'src/domain/id-token': { answers: "What does the job's token say?", imports: ['src/domain/input'] },
  'src/domain/endpoint': {
    answers: 'Which address is asked, through which proxy?',
    imports: ['src/domain/iam', 'src/domain/input'],
  },
  'src/domain/chain': {
    answers: 'What is a chain, and how can a walk end?',
    imports: ['src/domain/endpoint', 'src/domain/iam', 'src/domain/id-token', 'src/domain/input'],
  },
  'src/domain/base': {
    answers: 'Where does a chain start?',
    imports: ['src/domain/chain', 'src/domain/iam', 'src/domain/input', 'src/domain/shared-config'],
  },
  'src/domain/declared': {
    answers: 'What did the workflow write?',
    imports: ['src/domain/chain', 'src/domain/iam', 'src/domain/input', 'src/domain/shared-config'],
  },
  'src/domain/policies': {
    answers: 'What must each account allow?',
    imports: ['src/domain/chain', 'src/domain/iam', 'src/domain/id-token'],
  },
  'src/domain/refresh': {
    answers: 'What does a later process need to renew a session?',
    imports: ['src/domain/chain', 'src/domain/iam', 'src/domain/input'],
  },
  'src/domain/handover': {
    answers: 'What does the step leave behind, and how is it undone?',
    imports: ['src/domain/chain', 'src/domain/iam', 'src/domain/input', 'src/domain/shared-config'],
  },
  'src/domain/request': {
    answers: 'What was asked, and can it be done?',
    imports: [
      'src/domain/base',
      'src/domain/chain',
      'src/domain/declared',
      'src/domain/endpoint',
      'src/domain/handover',
      'src/domain/iam',
      'src/domain/input',
      'src/domain/refresh',
      'src/domain/shared-config',
    ],
  },
  'src/domain/explain': {
    answers: 'Why did it fail, and what now?',
    imports: [
      'src/domain/chain',
      'src/domain/document',
      'src/domain/iam',
      'src/domain/id-token',
      'src/domain/input',
      'src/domain/policies',
    ],
  },
  'src/domain/summary': {
    answers: 'What does a reader see of a run or a plan?',
    imports: [
      'src/domain/chain',
      'src/domain/document',
      'src/domain/explain',
      'src/domain/iam',
      'src/domain/id-token',
      'src/domain/input',
      'src/domain/policies',
    ],
  },
  'src/process': { answers: 'When does work end, and the process?', imports: [] },
  'src/github': { answers: 'What does the runner give and take?', imports: ['src/domain'] },
  'src/aws': { answers: 'Who am I, and who do I become?', imports: ['src/domain', 'src/process'] },
  'src/net': { answers: 'What else is asked over HTTP?', imports: ['src/domain', 'src/process'] },
  'src/disk': { answers: 'What is in files?', imports: ['src/domain'] },
  'src/steps': {
    answers: 'In which order?',
    imports: ['src/aws', 'src/disk', 'src/domain', 'src/github', 'src/net', 'src/process'],
  },
  'src/main.ts': { answers: 'The main step.', imports: ['src/domain', 'src/github', 'src/process', 'src/steps'] },
  'src/post.ts': { answers: 'The post step.', imports: ['src/domain', 'src/github', 'src/process', 'src/steps'] },
  'src/credential-process.ts': {
    answers:
      'The credential_process of a profile that renews itself. Its stdout is a protocol, so it never reaches src/github.',
    imports: ['src/disk', 'src/domain', 'src/process', 'src/steps'],
  },
  'emulator/wire': { answers: 'How are requests, answers and signatures of AWS written?', imports: [] },
  'emulator/world': { answers: 'Which accounts, roles, users and job are there?', imports: [] },
  'emulator/iam': { answers: 'What does a policy say to a request?', imports: ['emulator/world'] },
  'emulator/tokens': {
    answers: "What is in a job's ID token or a SAML assertion?",
    imports: ['emulator/wire', 'emulator/world'],
  },
  'emulator/session': {
    answers: 'Who is calling, and which sessions were issued?',
    imports: ['emulator/iam', 'emulator/wire', 'emulator/world'],
  },
  'emulator/sts': {
    answers: 'What does STS answer?',
    imports: ['emulator/iam', 'emulator/session', 'emulator/tokens', 'emulator/wire', 'emulator/world'],
  },
  'emulator/server': {
    answers: 'What goes over HTTP, and what goes wrong there?',
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
