import { parseArgs } from 'node:util';
import { exits, type Output, readText, runAsProcess, Unusable } from '#infra/sandbox/given.ts';
import { type Chosen, chosenFiles, isBundle, isReceipt } from '#shared/bundle/chosen.ts';
import { reportOf, verifyWords } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { Locale } from '#shared/i18n/locale.ts';

const usage = `npm run verify -- BUNDLE.json [RECEIPT.json] [EARLIER.json …] [OPTIONS]

Checks published results, and an applicant's receipt of them, from these files alone: signature, hashes, totals, ranks, the draw and each
step of the offers, by the code that the rounds use. Bundles of earlier editions, which a corrected one names, are checked with it. The files
stand in any order. See infra/sandbox/README.md.

  --key SHA256         the key that the region publishes; another one is refused
  --json               print {"holds", "findings", "key", "root", "sha256"} instead of sentences
  --lang kk|ru|en      the language of the sentences (default en)

Exit codes: 0 everything holds; 1 something does not; 2 the command line is wrong or a file cannot be read.
`;

const options = {
  key: { type: 'string' },
  json: { type: 'boolean', default: false },
  lang: { type: 'string', default: 'en' },
} as const;

/** The command line. @returns the exit code */
export const main = async (args: string[], { print, complain }: Output): Promise<number> => {
  if (args.includes('--help')) {
    print(usage);
    return exits.done;
  }
  try {
    return await verify(read(args), print);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    for (const line of error.lines) complain(line);
    return exits.wrong;
  }
};

const read = (args: string[]) => {
  const { values, positionals } = parsed(args);
  if (positionals.length === 0) throw new Unusable(['Name one bundle, and one receipt at most.', '', usage]);
  const locale = Locale.safeParse(values.lang);
  if (!locale.success) throw new Unusable([`There is no language "${values.lang}": kk, ru or en.`]);
  const given = positionals.map((file) => readText(file));
  const texts = given.some(isBundle) ? chosenFiles(given) : withoutBundle(given, locale.data);
  if (given.filter((text) => !isBundle(text) && text !== texts.bundle).length > 1)
    throw new Unusable(['Name one bundle, and one receipt at most.', '', usage]);
  return { ...values, ...texts, locale: locale.data };
};

/** No bundle is among the files: a receipt alone says what is missing, and what is no receipt either is to be one that was changed. */
const withoutBundle = (given: readonly string[], locale: Locale): Chosen => {
  const bundle = given.find((text) => !isReceipt(text));
  if (bundle === undefined) throw new Unusable([verifyWords(locale)('verification.need-bundle')]);
  return { bundle, receipt: given.find((text) => text !== bundle), earlier: [] };
};

const parsed = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Unusable([error instanceof Error ? error.message : 'Wrong options.', '', usage]);
  }
};

const verify = async (
  { bundle: text = '', receipt, earlier, key, json, locale }: ReturnType<typeof read>,
  print: Output['print'],
): Promise<number> => {
  const verification = await verifyResults(text, receipt, earlier);
  const { bundle, findings } = verification;
  const isKey = key === undefined || bundle?.key === key;
  const holds = verification.holds && isKey;
  if (json) {
    const { key: signer, sha256, statement } = bundle ?? {};
    print(JSON.stringify({ holds, findings, key: signer, root: statement?.root, sha256 }, null, 2));
  } else print(pageOf(verification, { locale, isKey, named: key !== undefined }));
  return holds ? exits.done : exits.none;
};

const pageOf = (
  verification: Awaited<ReturnType<typeof verifyResults>>,
  { locale, isKey, named }: { locale: Locale; isKey: boolean; named: boolean },
): string => {
  const say = verifyWords(locale);
  const { verdict, about, findings, own } = reportOf(verification, locale);
  const width = Math.max(0, ...about.map(({ name }) => name.length));
  const marked = findings.map(({ holds, text }) => `${holds ? '✓' : '✗'} ${text}`);
  return [
    ...about.map(({ name, value }) => `${name.padEnd(width)}  ${value}`),
    ...(about.length > 0 ? [''] : []),
    ...marked,
    ...(isKey ? [] : [`✗ ${say('verification.wrong-key')}`]),
    ...(own.length > 0 ? ['', ...own] : []),
    '',
    isKey ? verdict : say('verification.broken'),
    ...(named ? [] : [say('verification.compare')]),
  ].join('\n');
};

if (import.meta.main) await runAsProcess(main);
