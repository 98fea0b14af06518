import type { AwsError } from './aws-error.js';
import type { HttpReply } from './http-message.js';
import { renderXml, stsNamespace, type XmlElement } from './query-xml.js';

const website = 'https://aws.amazon.com/iam';

/** A successful answer: the children of the operation's result element, and the request ID. */
export function resultReply(operation: string, result: readonly XmlElement[], requestId: string): HttpReply {
  const response: XmlElement = [
    `${operation}Response`,
    [
      [`${operation}Result`, result],
      ['ResponseMetadata', [['RequestId', requestId]]],
    ],
  ];
  return xmlReply(200, renderXml(response, stsNamespace), requestId);
}

/** An error: RequestId is a sibling of Error, and a few errors have no Message. */
export function errorReply({ status, code, text, namespace }: AwsError, requestId: string): HttpReply {
  const error: XmlElement = [
    'Error',
    [
      ['Type', status >= 500 ? 'Receiver' : 'Sender'],
      ['Code', code],
      ['Message', text],
    ],
  ];
  return xmlReply(status, renderXml(['ErrorResponse', [error, ['RequestId', requestId]]], namespace), requestId);
}

/** An XML answer with STS's headers. */
export function xmlReply(status: number, body: string, requestId: string): HttpReply {
  const headers = {
    'content-type': 'text/xml',
    'x-amzn-requestid': requestId,
    'x-amz-sts-extended-request-id': Buffer.from(requestId).toString('base64'),
  };
  return { status, headers, body };
}

/** AWS's redirect for requests that are not Query requests. */
export function redirectReply(requestId: string, query = ''): HttpReply {
  const location = query === '' ? website : `${website}?${query}`;
  return { status: 302, headers: { location, 'x-amzn-requestid': requestId }, body: '' };
}
