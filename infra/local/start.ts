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
  // Whatever is written from here on, also by the engine, is its owner's only.
  process.umask(0o077);
  // Functions on AWS know no other time zone.
  process.env['TZ'] = 'UTC';
  const stopAsked = stopSignals();
  process.stdout.write(`Preparing the stacks of ${options.region}…\n`);
  const home = await startHome(options, (line) => void process.stderr.write(line));
  process.stdout.write(welcome(options, home));
  await stopAsked;
  process.stdout.write('Stopping…\n');
  await home.stop();
  process.exit(0);
};

/** Resolves at the first Ctrl-C or SIGTERM, also one that came during the start. */
const stopSignals = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    const ask = (): void => {
      // A second one means now; a kill at any moment loses nothing.
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });

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
  const fault = error instanceof HomeFault ? error : undefined;
  const message = fault?.message ?? (error instanceof Error ? error.stack : undefined) ?? String(error);
  process.stderr.write(`${message}\n`);
  process.exit(fault?.exitCode ?? exitCodes.software);
};

// What nobody expected ends the home at once; the next start goes on from what is on disk.
process.on('uncaughtException', fail);

await main().catch(fail);
