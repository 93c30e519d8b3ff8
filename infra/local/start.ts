import { isDiskFull } from '#infra/local/files.ts';
import { startHome } from '#infra/local/home.ts';
import { type HomeOptions, readOptions, usage } from '#infra/local/options.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** `npm start`: hosts a region until it is told to stop. */
const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') {
    process.stdout.write(usage);
    return;
  }
  // Functions on AWS know no other time zone.
  process.env['TZ'] = 'UTC';
  process.stdout.write(`Preparing the stacks of ${options.region}…\n`);
  const home = await startHome(options, (line) => void process.stderr.write(line));
  process.stdout.write(welcome(options, home));
  let stopping = false;
  const stop = (): void => {
    // A second Ctrl-C means now; a kill at any moment loses nothing.
    if (stopping) process.exit(1);
    stopping = true;
    process.stdout.write('Stopping…\n');
    home.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

const welcome = (
  { region, rehearsal }: HomeOptions,
  { origin, operator, dataFolder }: { origin: string; operator: string; dataFolder: string },
): string => `
Irikteu ${region}${rehearsal ? ' (rehearsal)' : ''}

  Pages          ${origin}
  Operator       ${operator}
  Data           ${dataFolder}

The first administrator: npm run invite -- --role administrator --data ${dataFolder}
Stop with Ctrl-C.
`;

const fail = (error: unknown): never => {
  const message =
    error instanceof Error
      ? error instanceof HomeFault
        ? error.message
        : (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${message}\n`);
  if (error instanceof HomeFault) process.exit(error.exitCode);
  process.exit(isDiskFull(error) ? exitCodes.disk : exitCodes.software);
};

await main().catch(fail);
