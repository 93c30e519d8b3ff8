import { postsOf } from '#shared/domain/vacancy.ts';
import { Button, Hidden } from '../fields.tsx';
import { Digest, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { StaffProps } from './staff.tsx';

/** The own posts that other regions are told of: the file, or the button that lists them. */
export const OwnList = ({ view: { t }, of }: StaffProps) => {
  const { elsewhere, place } = of;
  const { own } = elsewhere;
  const zone = place.work.file.timeZone;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('elsewhere.ownList')}</h2>
      <p>{t('elsewhere.ownList.text')}</p>
      {own ? (
        <>
          <Facts
            facts={[
              { name: t('elsewhere.posts'), value: t.number(own.posts) },
              { name: t('elsewhere.listedAt'), value: t.moment(own.askedAt, zone) },
              { name: t('elsewhere.choosingUntil'), value: t.moment(own.choosingUntil, zone) },
              { name: t('elsewhere.handingUntil'), value: t.moment(own.handingUntil, zone) },
              { name: t('elsewhere.compare'), value: t(`elsewhere.compare.${place.rule.compare}`) },
              ...(own.signed
                ? [{ name: t('elsewhere.ownKey'), value: <Digest value={own.signed.key} /> }]
                : []),
            ]}
          />
          {own.signed ? (
            <>
              <p>{t('elsewhere.ownKey.text')}</p>
              <p>
                <a href={paths.elsewhereFile(t.locale, place.round.id)}>{t('elsewhere.file')}</a>
              </p>
              {of.mayImport && (
                <p>
                  <a href={paths.elsewherePeople(t.locale, place.round.id)}>{t('elsewhere.people')}</a>
                </p>
              )}
            </>
          ) : (
            <Inset>{t('elsewhere.signing')}</Inset>
          )}
        </>
      ) : (
        <Listing view={{ t }} of={of} />
      )}
    </section>
  );
};

const Listing = ({ view: { t }, of }: { view: Pick<StaffProps['view'], 't'>; of: StaffProps['of'] }) => {
  const { mayList, place } = of;
  const zone = place.work.file.timeZone;
  if (!mayList) return <Inset>{t('elsewhere.notListed')}</Inset>;
  if (mayList.remaining > 0) return <Inset>{t('elsewhere.remaining', { count: mayList.remaining })}</Inset>;
  const posts = postsOf(mayList.posts);
  if (posts === 0) return <Inset>{t('elsewhere.noPosts')}</Inset>;
  return (
    <form method="post" action={paths.elsewhereOwn(t.locale, place.round.id)}>
      <p>
        {t('elsewhere.lists', {
          choosing: t.moment(mayList.choosingUntil, zone),
          handing: t.moment(mayList.handingUntil, zone),
        })}
      </p>
      <Hidden name="confirmed" value={posts} />
      <Button>{t('elsewhere.list', { count: posts })}</Button>
    </form>
  );
};
