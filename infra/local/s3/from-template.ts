/** What the home needs of an AWS::S3::Bucket of the template. */
import * as z from 'zod';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import type { BucketOptions, CorsRule, LifecycleRule } from './bucket.ts';

const Cors = z.looseObject({
  AllowedOrigins: z.array(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedHeaders: z.array(z.string()).default([]),
  ExposedHeaders: z.array(z.string()).default([]),
  MaxAge: z.number().optional(),
});

/** Strict: a rule of another kind would be forgotten silently. Versions and their markers do not exist here. */
const Lifecycle = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: z.number().optional(),
  AbortIncompleteMultipartUpload: z.object({ DaysAfterInitiation: z.number() }).optional(),
  NoncurrentVersionExpiration: z.unknown().optional(),
  ExpiredObjectDeleteMarker: z.unknown().optional(),
});

const Encryption = z.looseObject({
  ServerSideEncryptionByDefault: z.looseObject({ KMSMasterKeyID: z.string().optional() }).optional(),
});

const Properties = z.looseObject({
  NotificationConfiguration: z.looseObject({ EventBridgeConfiguration: z.unknown() }).optional(),
  CorsConfiguration: z.object({ CorsRules: z.array(Cors) }).optional(),
  LifecycleConfiguration: z.looseObject({ Rules: z.array(Lifecycle) }).optional(),
  BucketEncryption: z.object({ ServerSideEncryptionConfiguration: z.array(Encryption) }).optional(),
});

export type TemplateKeys = {
  awsRegion: string;
  /** Alias of a key by the key's ARN. */
  aliases: ReadonlyMap<string, string>;
};

/**
 * Reads a bucket's resolved properties.
 * @throws HomeFault when they ask for something that is not hosted
 */
export const bucketOptions = (name: string, properties: unknown, keys: TemplateKeys): BucketOptions => {
  const parsed = Properties.safeParse(properties);
  if (!parsed.success) {
    throw new HomeFault(
      `This home cannot host the bucket ${name}: ${z.prettifyError(parsed.error)}`,
      exitCodes.unhostable,
    );
  }
  const { NotificationConfiguration, CorsConfiguration, LifecycleConfiguration, BucketEncryption } =
    parsed.data;
  const [encryption] = BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  const keyArn = encryption?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
  return {
    name,
    notify: NotificationConfiguration?.EventBridgeConfiguration !== undefined,
    cors: (CorsConfiguration?.CorsRules ?? []).map(corsRule),
    lifecycle: (LifecycleConfiguration?.Rules ?? [])
      .filter(({ Status }) => Status === 'Enabled')
      .map(lifecycleRule),
    ...(keyArn !== undefined && { encryption: { keyArn, context: contextOf(keyArn, keys) } }),
  };
};

/** The condition keys under which S3 uses a key on a caller's behalf. */
const contextOf = (keyArn: string, { awsRegion, aliases }: TemplateKeys): Record<string, string> => {
  const alias = aliases.get(keyArn);
  return {
    'kms:ViaService': `s3.${awsRegion}.amazonaws.com`,
    ...(alias !== undefined && { 'kms:ResourceAliases': alias }),
  };
};

const corsRule = (rule: z.infer<typeof Cors>): CorsRule => ({
  allowedOrigins: rule.AllowedOrigins,
  allowedMethods: rule.AllowedMethods,
  allowedHeaders: rule.AllowedHeaders,
  exposedHeaders: rule.ExposedHeaders,
  ...(rule.MaxAge !== undefined && { maxAge: rule.MaxAge }),
});

const lifecycleRule = (rule: z.infer<typeof Lifecycle>): LifecycleRule => ({
  prefix: rule.Prefix,
  ...(rule.ExpirationInDays !== undefined && { expireAfterDays: rule.ExpirationInDays }),
  ...(rule.AbortIncompleteMultipartUpload && {
    abortUploadsAfterDays: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation,
  }),
});
