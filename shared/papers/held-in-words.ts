import type { Typed, TypedEntry } from '#shared/domain/application-form.ts';
import { type Field, fields } from '#shared/domain/application-form-fields.ts';
import { disclosureFields, type KeptDisclosure } from '#shared/domain/disclosure.ts';
import { accessOf } from '#shared/domain/interview-wishes.ts';
import type { HeldApplication, PersonalData } from '#shared/domain/personal-data.ts';
import { regionName } from '#shared/domain/region.ts';
import { readInstant } from '#shared/domain/time.ts';
import { isMessageKey, localeNames, type Translator } from '#shared/i18n/index.ts';
import { dayMoment, dayWords, readingDays } from '#shared/reading-words.ts';
import { heldUntil, monthsKept } from '#shared/retention-texts.ts';
import { stepTitle } from '#shared/timeline-words.ts';
import { fileLine, inquiryBlocks, referenceBlocks, saidBlocks } from './held-questions.ts';
import type { PaperBlock, PaperFact, PaperSection } from './paper.ts';

/** What is held about a person, in the reader's words: the sections of the page and of the paper alike. */
export const heldInWords = (held: PersonalData, t: Translator): PaperSection[] => [
  { heading: t('rights.account'), blocks: [facts(accountFacts(held, t))] },
  ...held.applications.map((application) => ({
    heading: t('rights.application', { number: application.number }),
    blocks: applicationBlocks(application, t),
  })),
  ...(held.account.readings && held.account.readings.length > 0
    ? [
        {
          heading: t('rights.account.readers'),
          blocks: listOr(readingLines(held.account.readings, undefined, t), ''),
        },
      ]
    : []),
  { heading: t('rights.letters'), blocks: listOr(letterLines(held, t), t('rights.letters.none')) },
];

const facts = (given: PaperFact[]): PaperBlock => ({ kind: 'facts', facts: given });

const listOr = (items: string[], otherwise: string): PaperBlock[] =>
  items.length > 0 ? [{ kind: 'list', items }] : [{ kind: 'text', text: otherwise }];

const accountFacts = ({ account }: PersonalData, t: Translator): PaperFact[] => [
  ...(account.mail ? [{ name: t('account.mail'), value: account.mail }] : []),
  ...(account.formerMail ? [{ name: t('rights.formerMail'), value: account.formerMail }] : []),
  ...(account.name ? [{ name: t('account.name'), value: account.name }] : []),
  ...(account.phone ? [{ name: t('desk.phone'), value: account.phone }] : []),
  ...(account.address ? [{ name: t('desk.address'), value: account.address }] : []),
  ...(account.roles.length > 0
    ? [{ name: t('account.roles'), value: account.roles.map((role) => t(`account.role.${role}`)).join(', ') }]
    : []),
  { name: t('rights.language'), value: localeNames[account.locale] },
  { name: t('rights.registered'), value: t.moment(account.registeredAt) },
  {
    name: t('rights.sessions'),
    value: account.sessions
      .map(({ device, lastSeenAt }) => [device, t.moment(lastSeenAt)].filter(Boolean).join(', '))
      .join('; '),
  },
  { name: t('rights.passkeys'), value: t.number(account.passkeys.length) },
  ...(account.disclosure ? disclosureFacts(account.disclosure, t) : []),
];

const disclosureFacts = (told: KeptDisclosure, t: Translator): PaperFact[] =>
  disclosureFields.flatMap((name) => {
    const lines = told[name];
    return lines.length === 0 ? [] : [{ name: t(`conflicts.${name}`), value: lines.join('; ') }];
  });

const applicationBlocks = (held: HeldApplication, t: Translator): PaperBlock[] => [
  facts(stateFacts(held, t)),
  ...(held.erasedAt
    ? [text(t('rights.erased.text', { at: t.moment(held.erasedAt, held.zone) }))]
    : [heading(t('rights.answers')), ...answerBlocks(held.answers, t)]),
  ...(held.amendment ? [heading(t('amend.open')), ...answerBlocks(held.amendment, t)] : []),
  ...(held.equality ? [heading(t('rights.equality')), ...answerBlocks(held.equality, t)] : []),
  heading(t('rights.files')),
  ...listOr(
    held.files.map((file) => fileLine(file, t)),
    t('common.nothing'),
  ),
  ...(held.choices.length > 0 ? [heading(t('rights.choices')), text(held.choices.join(', '))] : []),
  ...exchangeBlocks(held, t),
  ...elsewhereBlocks(held, t),
  ...inquiryBlocks(held, t),
  ...referenceBlocks(held, t),
  ...(held.wishes ? [heading(t('wishes.title')), text(wishesLine(held.wishes, t))] : []),
  ...(held.calledOff ? [heading(t('rights.calledOff')), text(held.calledOff)] : []),
  ...saidBlocks(held, t),
  ...[...(held.claimsBefore ?? []), held].flatMap((one) => claimBlocks(one, held, t)),
  heading(t('rights.steps')),
  ...listOr(stepLines(held, t), t('common.nothing')),
  heading(t('rights.readers')),
  ...listOr(readingLines(held.readings, held.zone, t), t('rights.readers.none')),
];

type HeldClaim = NonNullable<HeldApplication['claimsBefore']>[number];
type Files = Pick<HeldApplication, 'files'>;

const claimBlocks = (held: HeldClaim, files: Files, t: Translator): PaperBlock[] => [
  ...(held.claim ? [heading(t('rights.claim')), text(held.claim)] : []),
  ...evidenceBlocks(held, files, t),
  ...(held.claimAnswer ? [heading(t('rights.claim.answer')), text(held.claimAnswer)] : []),
  ...(held.claimReopened ? [heading(t('results.claim.reopenedWhy')), text(held.claimReopened)] : []),
];

const evidenceBlocks = ({ claimEvidence = [] }: HeldClaim, { files }: Files, t: Translator): PaperBlock[] => {
  if (claimEvidence.length === 0) return [];
  const named = claimEvidence.map((code) => {
    const title = files.find(({ requirement }) => requirement === code)?.title;
    return title ? title[t.locale] : code;
  });
  return [heading(t('results.claim.evidence')), text(named.join('; '))];
};

const exchangeBlocks = ({ exchange, zone }: HeldApplication, t: Translator): PaperBlock[] => {
  if (!exchange) return [];
  const choices = exchange.choices.join(', ') || t('common.nothing');
  const held = t('exchange.held', { at: t.moment(exchange.agreedAt, zone), choices });
  return [heading(t('exchange.title')), text(held)];
};

const elsewhereBlocks = ({ elsewhere = [], zone }: HeldApplication, t: Translator): PaperBlock[] => {
  if (elsewhere.length === 0) return [];
  const texts = elsewhere.flatMap(
    ({ region: code, agreedAt, choices, handedAt, outcome, answer, notHanded }) => {
      const region = regionName(code)[t.locale];
      const chosen = choices.join(', ') || t('common.nothing');
      return [
        text(t('elsewhere.held', { region, at: t.moment(agreedAt, zone), choices: chosen })),
        ...(handedAt ? [text(t('elsewhere.held.handed', { region, at: t.moment(handedAt, zone) }))] : []),
        ...(outcome
          ? [text(t(`elsewhere.held.${outcome.kind}`, { region, at: t.moment(outcome.at, zone) }))]
          : []),
        ...(answer ? [text(answerText(t, answer, { region, zone }))] : []),
        ...(notHanded
          ? [text(t('elsewhere.held.notHanded', { region, at: t.moment(notHanded.at, zone) }))]
          : []),
      ];
    },
  );
  return [heading(t('elsewhere.own.title')), ...texts];
};

const answerText = (
  t: Translator,
  { kind, on, at }: NonNullable<NonNullable<HeldApplication['elsewhere']>[number]['answer']>,
  { region, zone }: { region: string; zone: string },
): string => {
  const midnight = readInstant(`${on}T00:00:00.000Z`);
  const day = midnight ? t.day(midnight, 'UTC') : on;
  return t(`elsewhere.held.${kind}`, { region, on: day, at: t.moment(at, zone) });
};

const wishesLine = (
  { language, part, days, ...asked }: NonNullable<HeldApplication['wishes']>,
  t: Translator,
): string =>
  [
    ...(language ? [t(`application-form.languages.${language}`)] : []),
    ...accessOf(asked).map((need) => t(`application-form.accessNeeds.${need}`)),
    ...(asked.other ? [asked.other] : []),
    ...(part ? [t(`wishes.${part}`)] : []),
    ...days,
  ].join(', ') || t('wishes.any');

const heading = (words: string): PaperBlock => ({ kind: 'heading', text: words });
const text = (words: string): PaperBlock => ({ kind: 'text', text: words });

const stateFacts = (held: HeldApplication, t: Translator): PaperFact[] => {
  const at = (name: string, moment: HeldApplication['submittedAt']): PaperFact[] =>
    moment ? [{ name, value: t.moment(moment, held.zone) }] : [];
  return [
    { name: t('manage.intake'), value: `${held.intake}, ${held.title[t.locale]}` },
    { name: t('rights.stage'), value: t(`apply.stage.${held.stage}`) },
    ...at(t('rights.started'), held.startedAt),
    ...at(t('rights.submitted'), held.submittedAt),
    ...at(t('rights.withdrawn'), held.withdrawnAt),
    ...at(t('rights.erased'), held.erasedAt),
    ...keptFacts(held, t),
    ...(held.holds ?? []).map(({ because, until }) => ({
      name: t('rights.hold.own'),
      value: `${t(`rights.hold.${because}`)}, ${heldUntil(t, until, held.zone)}`,
    })),
    ...(held.consentVersion
      ? [
          {
            name: t('rights.consent'),
            value: t('rights.consent.version', { version: held.consentVersion }),
          },
        ]
      : []),
    ...(held.receipt ? [{ name: t('apply.receipt.whole'), value: held.receipt }] : []),
  ];
};

/** A rule whose source could not be read says so wherever it stands. */
const keptFacts = ({ kept, zone }: HeldApplication, t: Translator): PaperFact[] => {
  if (!kept) return [];
  const until = kept.until ? t.moment(kept.until, zone) : monthsKept(t, kept);
  const sure = t(`codes.confidence.${kept.confidence}`);
  return [{ name: t('rights.retention.own'), value: `${until} (${sure})` }];
};

const answerBlocks = (typed: Typed, t: Translator): PaperBlock[] => {
  const lines = fields.flatMap((field): PaperFact[] => {
    const value = typed[field.name];
    if (value === undefined || field.section === 'consent') return [];
    const values: readonly (string | TypedEntry)[] = typeof value === 'string' ? [value] : value;
    const words = values.map((one) => wordOf(t, field, one)).join('\n');
    return words === '' ? [] : [{ name: t(`application-form.${field.name}.label`), value: words }];
  });
  return lines.length > 0 ? [facts(lines)] : [text(t('common.nothing'))];
};

const wordOf = (t: Translator, field: Field, value: string | TypedEntry): string => {
  if (typeof value !== 'string') return [wordOf(t, field, value.kind), value.year, value.text].join(', ');
  // A free text that happens to be the name of an option stays as it was typed.
  const free = field.control === 'text' || field.control === 'long-text';
  const key = [`application-form.${field.name}.${value}`, `common.${value}`].find(isMessageKey);
  if (key && !free) return t(key);
  const day = field.control === 'date' ? readInstant(`${value}T00:00:00.000Z`) : undefined;
  return day ? t.day(day, 'UTC') : value;
};

const stepLines = ({ steps, zone }: HeldApplication, t: Translator): string[] =>
  steps
    .filter(({ done }) => done)
    .map((step) => [step.at && t.moment(step.at, zone), stepTitle(t, step)].filter(Boolean).join('. '));

/** A line for each day and each reader by role: whoever works on an application opens it dozens of times a day. */
const readingLines = (
  readings: HeldApplication['readings'],
  zone: string | undefined,
  t: Translator,
): string[] =>
  readingDays(
    readings,
    ({ role }) => role,
    (at) => t.day(at, zone),
  ).map((day) => {
    const { role } = day.first;
    const who = role === 'other' ? t('rights.reader.other') : t(`account.role.${role}`);
    return `${dayMoment(t, day, zone)}. ${who}: ${dayWords(t, day)}`;
  });

const letterLines = ({ letters }: PersonalData, t: Translator): string[] =>
  letters.map(({ at, subject }) => `${t.moment(at)}. ${subject}`);
