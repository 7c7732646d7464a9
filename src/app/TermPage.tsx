// One term of the glossary: what it is, an example, what it is taken for, where to read on.

import { Suspense, use } from 'react';
import { Link, useParams } from 'react-router';
import { isMeant } from '../capture/find-field.ts';
import { type Glossary, loadGlossary, loadTermBodies, type Term } from '../glossary/index.ts';
import { LayerMark } from '../glossary/LayerMark.tsx';
import { sourceOf } from '../glossary/source.ts';
import { TermText } from '../glossary/TermText.tsx';
import { COURSE } from '../lessons/course.ts';
import { FIELD_SPECS } from '../wire/index.ts';
import { Loading } from './Loading.tsx';
import { READY } from './lessons.ts';
import { Page } from './Page.tsx';
import styles from './TermPage.module.css';
import { addressOf, demoOf } from './term-demos.ts';

export function TermPage() {
  const { term: id = '' } = useParams();
  return (
    <Suspense fallback={<Loading />}>
      <LoadedTerm id={id} />
    </Suspense>
  );
}

function LoadedTerm({ id }: { readonly id: string }) {
  const glossary = use(loadGlossary());
  const body = use(loadTermBodies())[id];
  const term = glossary.term(id);
  if (!term || !body) return <UnknownTerm id={id} />;
  return (
    <Page title={term.term} lead={term.definition}>
      <p className={styles.names}>
        <LayerMark layer={term.layer} />
        {term.aliases.length > 0 ? <span>also: {term.aliases.join(', ')}</span> : null}
      </p>
      <TermText body={body} />
      <Confused term={term} glossary={glossary} />
      <Links
        title="Related"
        rows={glossary.relatedTo(term).map((other) => [`/glossary/${other.id}`, other.term])}
      />
      <Lessons slugs={term.lessons} />
      <Source term={term} />
      <OnTheWire term={term} />
      <p>
        <Link to="/glossary">All terms</Link>
      </p>
    </Page>
  );
}

function Confused({ term, glossary }: { readonly term: Term; readonly glossary: Glossary }) {
  if (term.confused.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>Often confused with</h2>
      <dl>
        {term.confused.map((entry) => {
          const other = glossary.term(entry.with);
          return (
            <div key={entry.with} className={styles.confused}>
              <dt>{other ? <Link to={`/glossary/${other.id}`}>{other.term}</Link> : entry.with}</dt>
              <dd>{entry.difference}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

interface LinksProps {
  readonly title: string;
  readonly rows: readonly (readonly [to: string, name: string])[];
}

function Links({ title, rows }: LinksProps) {
  if (rows.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <ul className={styles.links}>
        {rows.map(([to, name]) => (
          <li key={to}>
            <Link to={to}>{name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Source({ term }: { readonly term: Term }) {
  const { name, url } = sourceOf(term.source);
  return (
    <section className={styles.section}>
      <h2>Primary source</h2>
      <p>
        <a href={url}>{name}</a>
      </p>
    </section>
  );
}

function UnknownTerm({ id }: { readonly id: string }) {
  return (
    <Page title="No such term yet">
      <p>
        The glossary has no term at <code>{id}</code>. Press <kbd>/</kbd> and type its first
        letters, or look through <Link to="/glossary">all terms</Link>.
      </p>
    </Page>
  );
}

/** Those that can be taken as links, the others by name. */
function Lessons({ slugs }: { readonly slugs: readonly string[] }) {
  if (slugs.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>Lessons</h2>
      <ul className={styles.links}>
        {slugs.map((slug) => {
          const ready = READY.get(slug);
          return (
            <li key={slug}>
              {ready ? (
                <Link to={`/lessons/${slug}`}>{ready.title}</Link>
              ) : (
                <>
                  {COURSE.find((lesson) => lesson.slug === slug)?.title ?? slug}{' '}
                  <span className={styles.coming}>coming</span>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function OnTheWire({ term }: { readonly term: Term }) {
  const fields = fieldsOf(term.fields);
  if (fields.length === 0) return null;
  const demo = demoOf(term);
  return (
    <section className={styles.section}>
      <h2>On the wire</h2>
      <p>In a capture, these fields carry it:</p>
      <ul className={styles.fields}>
        {fields.map(({ key, label, explain }) => (
          <li key={key}>
            <strong>{label}</strong>
            <span>{explain}</span>
          </li>
        ))}
      </ul>
      {demo ? (
        <p>
          <Link to={addressOf(demo, term.fields)}>See it in a frame</Link>
        </p>
      ) : null}
    </section>
  );
}

/** The dissectors' fields with these keys; `tcp.flags.*` is all that begin so. */
const fieldsOf = (keys: readonly string[]) => FIELD_SPECS.filter(({ key }) => isMeant(key, keys));
