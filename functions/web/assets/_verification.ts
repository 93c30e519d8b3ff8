/*
 * The page that checks published results without a network: one file that anybody can keep. It is drawn here, from the files that its
 * reader chooses, by the code that npm run verify runs.
 */
import { chosenAlso, chosenFiles } from '#shared/bundle/chosen.ts';
import { type Report, reportOf, verifyWords } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { type Locale, localeNames, locales } from '#shared/i18n/locale.ts';

const state: { locale: Locale; texts: readonly string[] } = { locale: 'kk', texts: [] };

const element = (
  name: string,
  text?: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElement => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
};

const languages = (): HTMLElement => {
  const nav = element('nav');
  for (const locale of locales) {
    const button = element('button', localeNames[locale], {
      type: 'button',
      lang: locale,
      'aria-pressed': String(locale === state.locale),
    });
    button.addEventListener('click', () => {
      state.locale = locale;
      void draw();
    });
    nav.append(button);
  }
  return nav;
};

const fileField = (label: string): HTMLElement[] => {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', id: 'files', multiple: true, accept: '.json,application/json' });
  input.addEventListener('change', () => void take(input.files));
  return [element('label', label, { for: 'files' }), input];
};

const take = async (files: FileList | null | undefined): Promise<void> => {
  if (!files || files.length === 0) return;
  const texts = await Promise.all(Array.from(files, (file) => file.text()));
  // Chosen one after the other, they count together.
  state.texts = chosenAlso(state.texts, texts);
  await draw();
};

const resultOf = ({ verdict, holds, about, findings, own }: Report, compare: string): HTMLElement[] => {
  const facts = element('dl');
  for (const { name, value } of about) facts.append(element('dt', name), element('dd', value));
  const list = element('ul');
  for (const finding of findings)
    list.append(element('li', finding.text, { class: finding.holds ? 'yes' : 'no' }));
  return [
    element('p', verdict, { id: 'verdict', role: 'status', class: holds ? 'yes' : 'no' }),
    ...own.map((line) => element('p', line)),
    list,
    facts,
    element('p', compare),
  ];
};

const draw = async (): Promise<void> => {
  const say = verifyWords(state.locale);
  const { bundle, receipt, earlier } = chosenFiles(state.texts);
  const shown = [
    languages(),
    element('h1', say('verification.title')),
    element('p', say('verification.intro')),
    ...fileField(say('verification.files')),
  ];
  if (bundle === undefined && receipt !== undefined) {
    shown.push(element('p', say('verification.need-bundle'), { role: 'status', class: 'no' }));
  }
  if (bundle !== undefined) {
    const report = reportOf(await verifyResults(bundle, receipt, earlier), state.locale);
    shown.push(...resultOf(report, say('verification.compare')));
  }
  document.documentElement.lang = state.locale;
  document.title = say('verification.title');
  document.getElementById('verification')?.replaceChildren(...shown);
};

const preferred = locales.find((locale) => navigator.language.startsWith(locale));
state.locale = preferred ?? state.locale;
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  void take(event.dataTransfer?.files);
});
void draw();
