/** What SESv2's SendEmail is asked for, as far as letters of the product need it. */
import * as z from 'zod';

const Text = z.object({ Data: z.string(), Charset: z.string().optional() });
/** SES takes printable ASCII without line breaks, so that no header can bring another one along. */
const HeaderValue = z
  .string()
  .max(870)
  .regex(/^[\u0020-\u007e]*$/);
const HeaderName = z.string().regex(/^[!-9;-~]{1,126}$/);
/** An address, possibly with a name before it; a line break would smuggle in headers. */
const Address = z
  .string()
  .min(3)
  .max(320)
  .regex(/^[^\r\n]*$/);

const Simple = z.object({
  Subject: Text.extend({ Data: z.string().regex(/^[^\r\n]*$/) }),
  Body: z.object({ Text: Text.optional(), Html: Text.optional() }),
  Headers: z
    .array(z.object({ Name: HeaderName, Value: HeaderValue }))
    .max(15)
    .default([]),
});
export type Simple = z.infer<typeof Simple>;

const addresses = z.array(Address).default([]);

export const SendEmail = z.object({
  FromEmailAddress: Address.optional(),
  Destination: z
    .object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .prefault({}),
  ReplyToAddresses: addresses,
  /** Letters under one are told of when they come back. */
  ConfigurationSetName: z.string().optional(),
  Content: z.union([z.object({ Simple }), z.object({ Raw: z.object({ Data: z.base64() }) })]),
});
export type SendEmail = z.infer<typeof SendEmail>;

/** A request that cannot become a letter; SES calls it BadRequestException. */
export class BadLetter extends Error {}

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new BadLetter('The body is not JSON.');
  }
};

export const readSendEmail = (body: Buffer): SendEmail => {
  const parsed = SendEmail.safeParse(parseJson(body));
  if (!parsed.success) throw new BadLetter(z.prettifyError(parsed.error));
  return parsed.data;
};
