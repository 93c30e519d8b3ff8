import { describe, expect, it } from 'vitest';
import { environmentOf } from '#infra/local/lambda/environment.ts';

const described = (environment: Record<string, string>) => ({
  logicalId: 'Documents',
  arn: 'arn:aws:lambda:eu-central-1:000000000000:function:region-documents',
  role: 'documents',
  retries: 2,
  name: 'region-documents',
  logGroup: '/aws/lambda/region-documents',
  code: '/code',
  handler: 'index.handler',
  timeoutSeconds: 120,
  memoryMegabytes: 1024,
  environment,
});
const key = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
const around = { awsRegion: 'eu-central-1', endpoint: 'http://127.0.0.1:1', origin: 'http://localhost:3000' };

describe('the environment of a function', () => {
  it('has files scanned where clamd listens, whatever the region says', () => {
    const own = environmentOf(
      described({ SCANNING: 'off' }),
      { ...around, clamdAddress: '127.0.0.1:3310' },
      key,
    );

    expect(own).toMatchObject({ SCANNING: 'on', CLAMD_ADDRESS: '127.0.0.1:3310' });
  });

  it('stays as the region says where no clamd listens, and speaks of none to whoever scans nothing', () => {
    expect(environmentOf(described({ SCANNING: 'off' }), around, key)).toMatchObject({ SCANNING: 'off' });
    expect(environmentOf(described({}), { ...around, clamdAddress: '/run/clamd' }, key)).not.toHaveProperty(
      'CLAMD_ADDRESS',
    );
  });
});
