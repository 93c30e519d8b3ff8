import type { AccessKey } from '#infra/local/access-keys.ts';
import type { FunctionDescription } from '#infra/local/template/description.ts';

/** What every function finds besides its own variables. */
export type Surroundings = {
  awsRegion: string;
  /** The home's AWS services: http://127.0.0.1:… */
  endpoint: string;
  /** What browsers see. */
  origin: string;
  /** Where clamd listens, if it does: what it must let through is held until then. */
  clamdAddress?: string | undefined;
};

const services = ['DYNAMODB', 'SFN', 'S3', 'LAMBDA', 'SESV2', 'SSM', 'KMS'] as const;

/**
 * The environment of one function: that of the template, that of Lambda's runtime, and where the services are here.
 * Nothing of the home's own environment is handed on.
 */
export const environmentOf = (
  { name, memoryMegabytes, environment, handler, code }: FunctionDescription,
  { awsRegion, endpoint, origin, clamdAddress }: Surroundings,
  { accessKeyId, secretAccessKey }: AccessKey,
): Record<string, string> => ({
  ...environment,
  // The template holds the HTTP API's own address; browsers see this one.
  ...(environment['PUBLIC_ORIGIN'] !== undefined && { PUBLIC_ORIGIN: origin }),
  ...(environment['SCANNING'] !== undefined &&
    clamdAddress !== undefined && { SCANNING: 'on', CLAMD_ADDRESS: clamdAddress }),
  BROWSER_S3_ENDPOINT: origin,
  ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint])),
  AWS_REGION: awsRegion,
  AWS_DEFAULT_REGION: awsRegion,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  // A developer's own AWS profile must not reach the functions.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  LAMBDA_TASK_ROOT: code,
  _HANDLER: handler,
  LANG: 'en_US.UTF-8',
  TZ: 'UTC',
});
