/** Letters between the shape of the API, the text that travels (RFC 5322), and the shape that a person reads. */
import { hash, randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime, { addressParser, type Email } from 'postal-mime';
import { BadLetter, type SendEmail, type Simple } from './request.ts';

/** A letter that is ready to be kept. */
export type Composed = {
  /** Derived from the letter's own identity, so that the same letter has the same id. */
  id: string;
  envelope: { from: string; to: string[] };
  subject: string;
  mime: Buffer;
  kind: 'simple' | 'raw';
  configurationSet?: string | undefined;
  /** Made for this moment, such as a sign-in code: no earlier one was the same. */
  alwaysNew: boolean;
};

/** What the operator reads. */
export type LetterView = {
  id: string;
  to: string;
  subject: string;
  text: string;
  /** ISO 8601. */
  at: string;
  headers: Record<string, string>;
};

/**
 * Headers that SES refuses in a simple letter ("MessageHeader", SESv2 API reference), because it writes them itself or
 * has a field for them; besides those, the others that say who sends and how the body is written.
 */
const ownFields =
  /^(from|to|cc|bcc|reply-to|sender|subject|date|message-id|return-path|mime-version|content-.*)$/i;
const mostRecipients = 50;
/** Templates of letters that answer someone at once, or tell the operator. */
const ofTheMoment: ReadonlySet<string> = new Set(['sign-in-code', 'mailbox-code', 'alarm']);

const addressIn = (text: string): string => {
  const [mailbox, ...more] = addressParser(text, { flatten: true });
  const address = mailbox?.address ?? '';
  if (more.length > 0 || !/^[^\s@<>"]+@[^\s@<>"]+$/.test(address)) {
    throw new BadLetter('One of the addresses is not a mailbox.');
  }
  return address;
};

const idOf = (identity: string): string => hash('sha256', identity, 'hex').slice(0, 32);
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** `now` (milliseconds since 1970) is the letter's date. */
export const compose = (request: SendEmail, now: number): Promise<Composed> =>
  'Simple' in request.Content
    ? composeSimple(request, request.Content.Simple, now)
    : composeRaw(request, Buffer.from(request.Content.Raw.Data, 'base64'), now);

const recipientsOf = ({ Destination }: SendEmail): string[] => {
  const { ToAddresses, CcAddresses, BccAddresses } = Destination;
  return [...new Set([...ToAddresses, ...CcAddresses, ...BccAddresses].map(addressIn))];
};

const requireRecipients = (to: readonly string[]): void => {
  if (to.length === 0 || to.length > mostRecipients) {
    throw new BadLetter(`A letter goes to one to ${mostRecipients} mailboxes.`);
  }
};

const composeSimple = async (request: SendEmail, simple: Simple, now: number): Promise<Composed> => {
  const { FromEmailAddress, Destination, ReplyToAddresses } = request;
  if (FromEmailAddress === undefined) throw new BadLetter('A sender is needed.');
  const { Text, Html } = simple.Body;
  if (!Text && !Html) throw new BadLetter('A letter needs a text.');
  const taken = simple.Headers.find(({ Name }) => ownFields.test(Name));
  if (taken) throw new BadLetter(`The header ${taken.Name} cannot be set.`);
  const from = addressIn(FromEmailAddress);
  const to = recipientsOf(request);
  requireRecipients(to);
  const header = (name: string): string | undefined =>
    simple.Headers.find(({ Name }) => Name.toLowerCase() === name)?.Value;
  const id = idOf(header('x-irikteu-letter') ?? randomUUID());
  const composer = new MailComposer({
    from: FromEmailAddress,
    to: Destination.ToAddresses,
    cc: Destination.CcAddresses,
    replyTo: ReplyToAddresses,
    subject: simple.Subject.Data,
    messageId: `<${id}@${domainOf(from)}>`,
    date: new Date(now),
    headers: simple.Headers.map(({ Name, Value }) => ({ key: Name, value: Value })),
    text: Text?.Data,
    html: Html?.Data,
    // Letters are mostly Cyrillic, where base64 is half as long as quoted-printable.
    textEncoding: 'B',
    encoding: 'base64',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const mime = await composer.compile().build();
  const alwaysNew = ofTheMoment.has(header('x-irikteu-template') ?? '');
  const configurationSet = request.ConfigurationSetName;
  const { Data: subject } = simple.Subject;
  return { id, envelope: { from, to }, subject, mime, kind: 'simple', alwaysNew, configurationSet };
};

const composeRaw = async (request: SendEmail, data: Buffer, now: number): Promise<Composed> => {
  const email = await PostalMime.parse(data);
  const sender = request.FromEmailAddress ?? email.from?.address;
  if (sender === undefined || sender === '') throw new BadLetter('A sender is needed.');
  const from = addressIn(sender);
  const asked = recipientsOf(request);
  const to = asked.length > 0 ? asked : mailboxesIn(email);
  requireRecipients(to);
  const letter = email.headers.find(({ key }) => key === 'x-irikteu-letter')?.value;
  const id = idOf(letter ?? email.messageId ?? randomUUID());
  const added = [
    email.messageId ? '' : `Message-ID: <${id}@${domainOf(from)}>\r\n`,
    email.date ? '' : `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}\r\n`,
  ];
  const mime = Buffer.concat([Buffer.from(added.join('')), withoutBcc(data)]);
  return { id, envelope: { from, to }, subject: email.subject ?? '', mime, kind: 'raw', alwaysNew: false };
};

const mailboxesIn = (email: Email): string[] =>
  [...(email.to ?? []), ...(email.cc ?? []), ...(email.bcc ?? [])]
    .flatMap((entry) => entry.group ?? [entry])
    .map(({ address }) => addressIn(address));

/** Nobody learns who else got a blind copy. */
const withoutBcc = (data: Buffer): Buffer => {
  const text = data.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const head = text.slice(0, end).replace(/^bcc:.*(?:\r?\n[ \t].*)*\r?\n?/gim, '');
  return Buffer.from(head + text.slice(end), 'latin1');
};

export const readLetter = async (
  id: string,
  at: number,
  to: readonly string[],
  mime: Buffer,
): Promise<LetterView> => {
  const email = await PostalMime.parse(mime);
  return {
    id,
    to: to.join(', '),
    subject: email.subject ?? '',
    text: email.text ?? email.html ?? '',
    at: new Date(at).toISOString(),
    headers: Object.fromEntries(email.headers.map(({ originalKey, value }) => [originalKey, value])),
  };
};
