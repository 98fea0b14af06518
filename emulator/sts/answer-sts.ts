import { authenticate } from '../session/authenticate.js';
import { InvalidAction } from '../wire/aws-error.js';
import { type Form, parseForm } from '../wire/form.js';
import type { HttpReply, HttpRequest } from '../wire/http-message.js';
import { type Operation, operationSchemas } from '../wire/parameter-schemas.js';
import { readParameters } from '../wire/parameters.js';
import { parseAuthorization } from '../wire/sigv4.js';
import { resultReply } from '../wire/sts-reply.js';
import { assumeRole } from './assume-role.js';
import { assumeRoleWithSaml } from './assume-role-with-saml.js';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.js';
import { getCallerIdentity } from './get-caller-identity.js';
import { getSessionToken } from './get-session-token.js';
import type { OperationHandler, StsState } from './operation.js';
import { otherOperation } from './other-services.js';

const apiVersion = '2011-06-15';

const handlers: Readonly<Record<Operation, { readonly signed: boolean; readonly run: OperationHandler }>> = {
  AssumeRole: { signed: true, run: assumeRole },
  AssumeRoleWithWebIdentity: { signed: false, run: assumeRoleWithWebIdentity },
  AssumeRoleWithSAML: { signed: false, run: assumeRoleWithSaml },
  GetCallerIdentity: { signed: true, run: getCallerIdentity },
  GetSessionToken: { signed: true, run: getSessionToken },
};

/** The form of a Query request; `undefined` for any other request, which AWS redirects to its website. */
export function queryForm(request: HttpRequest): Form | undefined {
  const isPost = request.method === 'POST';
  if (isPost && request.headers['content-type'] === undefined) {
    return undefined;
  }
  const form = parseForm(isPost ? request.body.toString('utf8') : request.query);
  return form.has('Action') ? form : undefined;
}

/** A Query request, and the ID of its answer. */
interface QueryRequest {
  readonly request: HttpRequest;
  readonly form: Form;
  readonly requestId: string;
}

/** Answers a Query request. Throws AwsError for requests that AWS refuses. `onCaller` receives the signer's ARN. */
export async function answerSts(
  state: StsState,
  { request, form, requestId }: QueryRequest,
  onCaller: (arn: string) => void,
): Promise<HttpReply> {
  const operation = operationOf(form);
  const service = state.world.service ?? 'aws';
  const { signed } = handlers[operation];
  const run = service === 'aws' ? handlers[operation].run : otherOperation(service, operation);
  const caller = signed ? authenticate(state, request) : undefined;
  if (caller !== undefined) {
    onCaller(caller.arn);
  }
  const parameters = readParameters(form, operationSchemas[operation]);
  const region = parseAuthorization(request.headers.authorization ?? '')?.region;
  const userAgent = request.headers['user-agent'] ?? '';
  const result = await run(state, { caller, parameters, region, sourceIp: request.sourceIp, userAgent });
  return resultReply(operation, result, requestId);
}

function operationOf(form: Form): Operation {
  const action = form.get('Action') ?? '';
  const version = form.get('Version') ?? 'NO_VERSION_SPECIFIED';
  if (version === apiVersion && Object.hasOwn(handlers, action)) {
    return action as Operation;
  }
  throw new InvalidAction(`Could not find operation ${action} for version ${version}`);
}
