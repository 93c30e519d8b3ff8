import { parseArgs } from 'node:util';
import { rehearsalValue } from '#infra/rehearsal/beacon.ts';
import { exits, explaining, type Output, readText, runAsProcess, Unusable } from '#infra/sandbox/given.ts';
import { beaconTime, ChainName, chains, randomnessOf } from '#shared/domain/beacon.ts';
import { readBeaconValue } from '#shared/domain/beacon-reading.ts';
import { isFromBeacon } from '#shared/domain/beacon-signature.ts';

const usage = `npm run beacon -- VALUE.json [--chain quicknet|rehearsal] [--lang kk|ru|en]
npm run beacon -- --rehearse NUMBER

Checks a value of the public beacon from its text alone, as rounds do that draw from one; - reads the standard input. With --rehearse it
prints the value with that number from the chain of rehearsals, whose key everybody knows.

Exit codes: 0 the beacon signed it; 1 it did not; 2 the command line is wrong or the text cannot be read.
`;

const options = {
  chain: { type: 'string', default: 'quicknet' },
  rehearse: { type: 'string' },
  lang: { type: 'string', default: 'en' },
} as const;

/** The command line. @returns the exit code */
export const main = (args: string[], { print, complain }: Output): number => {
  if (args.includes('--help')) {
    print(usage);
    return exits.done;
  }
  try {
    const { values, positionals } = parsed(args);
    if (values.rehearse === undefined) return check(positionals, values, print);
    const number = Number(values.rehearse);
    if (!Number.isSafeInteger(number) || number < 1) throw new Unusable(['A value has a number from 1 on.']);
    print(JSON.stringify(rehearsalValue(number)));
    return exits.done;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    for (const line of error.lines) complain(line);
    return exits.wrong;
  }
};

const parsed = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Unusable([error instanceof Error ? error.message : 'Wrong options.', '', usage]);
  }
};

const check = (
  [file, ...more]: string[],
  { chain: name, lang }: { chain: string; lang: string },
  print: Output['print'],
): number => {
  if (file === undefined || more.length > 0) throw new Unusable(['Name one file.', '', usage]);
  const chain = ChainName.safeParse(name).data;
  if (!chain) throw new Unusable([`There is no chain "${name}": ${ChainName.options.join(', ')}.`]);
  const say = explaining(lang);
  const read = readBeaconValue(readText(file));
  if (!read.ok) throw new Unusable([`${file}: ${say(read.error)}.`]);
  const value = { chain, ...read.value };
  if (!isFromBeacon(value)) {
    print(`${say({ place: '', message: 'beacon.fault.signature' })}.`);
    return exits.none;
  }
  print(
    [
      `chain       ${chain} ${chains[chain].hash}`,
      `number      ${value.round}`,
      `came out    ${beaconTime(value)}`,
      `randomness  ${randomnessOf(value)}`,
      '',
      'The beacon signed it.',
    ].join('\n'),
  );
  return exits.done;
};

if (import.meta.main) await runAsProcess(main);
