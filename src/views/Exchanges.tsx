// Requests and answers as a table at the playhead: what was asked, what came back, what says where each
// body ends, and on which connection. A pure picture of (capture, playhead).

import { useMemo } from 'react';
import type { Capture, Frame } from '../capture/capture.ts';
import {
  bodyBytesOf,
  bodyEndOf,
  type Exchange,
  etagOf,
  exchangesOf,
  faultOf,
  methodOf,
  numbersOf,
  placeOf,
} from '../capture/exchanges.ts';
import styles from './Exchanges.module.css';
import { nameOfBodyEnd } from './exchange-words.ts';
import type { ViewProps } from './view.ts';

type Select = Pick<ViewProps, 'onSelect'>;

export function Exchanges({ capture, playhead, selection, onSelect }: ViewProps) {
  const all = useMemo(() => exchangesOf(capture), [capture]);
  const rows = all.filter(({ request, response }) => ((request ?? response)?.at ?? 0) <= playhead);
  const told = useMemo(() => toldThePage(capture), [capture]);
  const numbers = useMemo(() => numbersOf(all), [all]);
  const connections = new Set(rows.map(({ connection }) => connection)).size;
  return (
    <section className={styles.exchanges} aria-label="Requests and answers">
      <h2>Requests and answers</h2>
      {rows.length === 0 ? (
        <p>Nothing was asked yet.</p>
      ) : (
        <table>
          <caption>
            {rows.length} request{rows.length === 1 ? '' : 's'} on {connections} connection
            {connections === 1 ? '' : 's'}
          </caption>
          <thead>
            <tr>
              <th scope="col">Request</th>
              <th scope="col">Answer</th>
              <th scope="col">The answer’s body ends</th>
              {told.size > 0 ? <th scope="col">The page was told</th> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <Row
                key={(row.request ?? row.response)?.id}
                {...{ row, playhead, onSelect }}
                told={told.size > 0 ? (told.get(String(numbers[i])) ?? '') : undefined}
                chosen={selection?.frame}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What the page's own program wrote down of each exchange, by its number. */
const toldThePage = ({ notes }: Capture): ReadonlyMap<string, string> =>
  new Map(
    notes
      .filter(({ what }) => what === 'handled')
      .map(({ message, detail }) => [message, detail ?? '']),
  );

interface RowProps extends Select {
  readonly row: Exchange;
  readonly playhead: number;
  readonly told: string | undefined;
  readonly chosen: number | undefined;
}

function Row({
  row: { request, response, connection },
  playhead,
  told,
  chosen,
  onSelect,
}: RowProps) {
  const answer = response && response.at <= playhead ? response : undefined;
  const isChosen = chosen !== undefined && (request?.id === chosen || answer?.id === chosen);
  return (
    <tr data-chosen={isChosen}>
      <th scope="row">
        {request ? <Request request={request} onSelect={onSelect} /> : 'nothing was asked'}
        <span className={styles.detail}>connection {connection}</span>
      </th>
      <td>{answer ? <Answer answer={answer} onSelect={onSelect} /> : 'none yet'}</td>
      <td data-label="its body ends: ">
        {answer ? <BodyEnd answer={answer} method={methodOf(request)} /> : null}
      </td>
      {told === undefined ? null : <td data-label="the page was told: ">{answer ? told : null}</td>}
    </tr>
  );
}

function Request({ request, onSelect }: Select & { readonly request: Frame }) {
  const etag = etagOf(request);
  const fault = faultOf(request);
  const method = methodOf(request);
  const words = method === '' ? 'not a request' : `${method} ${placeOf(request)}`;
  return (
    <>
      <FrameButton frame={request} onSelect={onSelect}>
        {words}
      </FrameButton>
      {bodyBytesOf(request) > 0 ? (
        <span className={styles.detail}>
          body: {nameOfBodyEnd(request, bodyEndOf(request, method))}
        </span>
      ) : null}
      {etag ? <span className={styles.detail}>if it is not {etag}</span> : null}
      {fault ? <span className={styles.fault}>{fault.message}</span> : null}
    </>
  );
}

function Answer({ answer, onSelect }: Select & { readonly answer: Frame }) {
  const etag = etagOf(answer);
  return (
    <>
      <FrameButton frame={answer} onSelect={onSelect}>
        {answer.layers[0]?.summary ?? ''}
      </FrameButton>
      {etag ? <span className={styles.detail}>version {etag}</span> : null}
      {answer.lost ? <span className={styles.detail}>died in the link</span> : null}
    </>
  );
}

const BodyEnd = ({ answer, method }: { readonly answer: Frame; readonly method: string }) => (
  <>{nameOfBodyEnd(answer, bodyEndOf(answer, method))}</>
);

function FrameButton({
  frame,
  onSelect,
  children,
}: Select & { readonly frame: Frame; readonly children: string }) {
  return (
    <button type="button" onClick={() => onSelect({ frame: frame.id })}>
      {children}
    </button>
  );
}
