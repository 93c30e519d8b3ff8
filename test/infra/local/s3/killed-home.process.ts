/** A home for crash.test.ts: its S3 in a process of its own, which can be killed. Arguments: folder, file of events taken. */
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { openS3 } from '#infra/local/s3/s3.ts';

const [folder = '', taken = ''] = process.argv.slice(2);
const s3 = await openS3({
  folder,
  buckets: [{ name: 'documents', notify: true }],
  clock: { now: () => Date.now(), at: () => () => undefined },
  secretOf: () => 'a-secret',
  callerOf: () => ({ kind: 'operator' }),
  authorize: () => undefined,
  onObjectCreated: async ({ detail }) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    appendFileSync(taken, `${detail.object.key}\n`);
  },
  log: () => undefined,
  account: '000000000000',
  region: 'eu-central-1',
});
const server = createServer((request, response) => void s3.handle(request, response));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.stdout.write(`${address.port}\n`);
});
