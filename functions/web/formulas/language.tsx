import { type FunctionRule, functions } from '#shared/formula/functions.ts';
import type { Term } from '#shared/formula/terms.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table } from '../parts.tsx';
import { textIn } from '../words.ts';

const signs = { counting: '+ - * /', comparing: '= != < <= > >=', joining: 'and, or, not' };

/** What a formula of this round may say: names, functions and signs. */
export const Language = ({ t, terms }: { t: Translator; terms: readonly Term[] }) => (
  <section id="language">
    <h2 class="govuk-heading-m">{t('formula.language')}</h2>
    <p>{t('formula.language.many')}</p>
    <p>{t('formula.language.signs', signs)}</p>
    <Table
      caption={t('formula.names')}
      head={[t('formula.names.name'), t('formula.names.what'), t('formula.names.over')]}
      rows={terms.map((term) => [
        <code>{term.short === undefined ? term.name : `${term.short}, ${term.name}`}</code>,
        termText(t, term),
        t(`formula.over.${term.kind.over}`),
      ])}
    />
    <Table
      caption={t('formula.functions')}
      head={[t('formula.functions.written'), t('formula.names.what')]}
      rows={functions.map((rule) => [<code>{rule.example}</code>, functionText(t, rule)])}
    />
  </section>
);

const termText = (t: Translator, { origin, title }: Term): string => {
  if (title) return textIn(t, title);
  if (origin.from === 'part') return t(`formula.term.${origin.part}`);
  return t(origin.from === 'card' ? 'formula.term.card' : 'formula.term.score');
};

const functionText = (t: Translator, { name, works }: FunctionRule): string =>
  works === 'each' && (name === 'min' || name === 'max')
    ? t(`formula.function.${name}.several`)
    : t(`formula.function.${name}`);
