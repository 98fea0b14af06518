import { authenticate } from '../session/authenticate.js';
import { AwsError } from '../wire/aws-error.js';
import { type Form, parseForm } from '../wire/form.js';
import type { HttpReply, HttpRequest } from '../wire/http-message.js';
import { type Operation, operationSchemas } from '../wire/parameter-schemas.js';
import { readParameters } from '../wire/parameters.js';
import { renderXml, stsNamespace } from '../wire/query-xml.js';
import { parseAuthorization } from '../wire/sigv4.js';
import { assumeRole } from './assume-role.js';
import { assumeRoleWithSaml } from './assume-role-with-saml.js';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.js';
import { getCallerIdentity } from './get-caller-identity.js';
import { getSessionToken } from './get-session-token.js';
import type { OperationHandler, StsState } from './operation.js';
import { otherOperation } from './other-services.js';

const apiVersion = '2011-06-15';
const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09';

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

/** Answers a Query request. Throws AwsError for requests that AWS refuses. `onCaller` receives the signer's ARN. */
export async function answerSts(
  state: StsState,
  request: HttpRequest,
  form: Form,
  onCaller: (arn: string) => void,
): Promise<(requestId: string) => HttpReply> {
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
  return (requestId) =>
    xmlReply(
      200,
      requestId,
      renderXml(
        [
          `${operation}Response`,
          [
            [`${operation}Result`, result],
            ['ResponseMetadata', [['RequestId', requestId]]],
          ],
        ],
        stsNamespace,
      ),
    );
}

/** An error in AWS's form: RequestId is a sibling of Error, and a few errors have no Message. */
export function errorReply(error: AwsError, requestId: string): HttpReply {
  const body = renderXml(
    [
      'ErrorResponse',
      [
        [
          'Error',
          [
            ['Type', error.status >= 500 ? 'Receiver' : 'Sender'],
            ['Code', error.code],
            ['Message', error.text],
          ],
        ],
        ['RequestId', requestId],
      ],
    ],
    error.namespace ?? stsNamespace,
  );
  return xmlReply(error.status, requestId, body);
}

/** An XML answer with STS's headers. */
export function xmlReply(status: number, requestId: string, body: string): HttpReply {
  const headers = {
    'content-type': 'text/xml',
    'x-amzn-requestid': requestId,
    'x-amz-sts-extended-request-id': Buffer.from(requestId).toString('base64'),
  };
  return { status, headers, body };
}

function operationOf(form: Form): Operation {
  const action = form.get('Action') ?? '';
  const version = form.get('Version') ?? 'NO_VERSION_SPECIFIED';
  if (version === apiVersion && Object.hasOwn(handlers, action)) {
    return action as Operation;
  }
  const text = `Could not find operation ${action} for version ${version}`;
  throw new AwsError('InvalidAction', 400, text, faultNamespace);
}
