// The link between the browser and the lab: what it will do to the next run, what can be added, and
// what it did in the last one. Only what is true of a live stream is offered.

import { useState } from 'react';
import type { Capture } from '../../capture/capture.ts';
import { FAULTS } from '../../faults/index.ts';
import { type FaultScript, parseScript } from '../../faults/script.ts';
import type { Param, ParamValues } from '../../lib/params.ts';
import { Button } from '../../ui/Button.tsx';
import { KnobField, type KnobSpec } from '../../ui/KnobField.tsx';
import { describeDuration } from '../../views/moments.ts';
import styles from './LinkPanel.module.css';
import { type LearnerScript, withEntry, withoutEntry } from './learner-script.ts';
import { deedsOf, entryWords } from './script-words.ts';

interface Props {
  readonly own: LearnerScript;
  readonly capture: Capture | undefined;
  /** Who speaks to the lab, where it is not the browser. */
  readonly speaker?: 'server' | undefined;
  onScript(script: FaultScript): void;
}

const OFFERED = FAULTS.filter(({ suits }) => suits.includes('stream'));

export function LinkPanel({ own: { script, problem }, capture, speaker, onScript }: Props) {
  const { entries } = script;
  return (
    <details className={styles.panel} open={entries.length > 0 || problem !== undefined}>
      <summary>
        The link between {speaker ? 'the client' : 'your browser'} and the lab:{' '}
        <strong>{entries.length === 0 ? 'in order' : `${entries.length} to break`}</strong>
      </summary>
      {problem ? <p role="alert">The script in the address cannot be read. {problem}</p> : null}
      {entries.length === 0 ? (
        <p>Nothing is broken. Add a condition here, or select a frame below and cut there.</p>
      ) : (
        <ul className={styles.entries} aria-label="What the next run meets">
          {entries.map((entry, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no other name.
            <li key={i}>
              {entryWords(entry)}
              <Button onClick={() => onScript(withoutEntry(script, i))}>
                Remove<span className="visually-hidden"> {entryWords(entry)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <AddCondition script={script} onScript={onScript} />
      <p className={styles.limits}>
        A stream cannot lose, repeat or overtake its own bytes: TCP mends that below, and what you
        see is delay. So those faults are offered for packets only, in the simulator.
      </p>
      {capture && capture.faults.length > 0 ? <Deeds capture={capture} /> : null}
    </details>
  );
}

function Deeds({ capture }: { readonly capture: Capture }) {
  return (
    <ol className={styles.deeds} aria-label="What the link did in this run">
      {deedsOf(capture).map(({ at, text }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows.
        <li key={i}>
          <span>{describeDuration(at)}</span> {text}
        </li>
      ))}
    </ol>
  );
}

function AddCondition({ script, onScript }: Pick<Props, 'onScript'> & { script: FaultScript }) {
  const [name, setName] = useState('latency');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<string>();
  const fault = OFFERED.find((one) => one.name === name);
  if (!fault) return null;
  const knobs: Readonly<Record<string, KnobSpec>> = { ...TIMES, ...knobsOf(fault.params) };
  const add = () => {
    const parsed = parseScript({ ...script, entries: [...script.entries, draft(name, values)] });
    setRefusal(parsed.ok ? undefined : parsed.message);
    const entry = parsed.ok ? parsed.value.entries.at(-1) : undefined;
    if (entry) onScript(withEntry(script, entry));
  };
  return (
    <fieldset className={styles.add}>
      <legend>Add a condition</legend>
      <KnobField
        knob={{ ...FAULT_KNOB, initial: 'latency' }}
        value={name}
        onChange={(next) => {
          setName(next);
          setValues({});
        }}
      />
      {Object.entries(knobs).map(([key, knob]) => (
        <KnobField
          key={`${name} ${key}`}
          knob={knob}
          value={values[key] ?? knob.initial}
          onChange={(value) => setValues({ ...values, [key]: value })}
        />
      ))}
      <Button onClick={add}>Add</Button>
      <p className={styles.what}>{fault.what}</p>
      {refusal ? <p role="alert">{refusal}</p> : null}
    </fieldset>
  );
}

const FAULT_KNOB = {
  label: 'Condition',
  options: OFFERED.map(({ name, title }) => ({ value: name, label: title })),
};

const TIMES: Readonly<Record<string, KnobSpec>> = {
  direction: {
    label: 'Direction',
    options: [
      { value: 'both', label: 'both ways' },
      { value: 'up', label: 'to the server' },
      { value: 'down', label: 'to the browser' },
    ],
    initial: 'both',
  },
  from: { label: 'From', unit: 'ms', min: 0, max: 60_000, step: 1, initial: '0' },
  until: { label: 'Until (0: to the end)', unit: 'ms', min: 0, max: 60_000, step: 1, initial: '0' },
};

/** A fault's parameters as fields; which packets is nothing for a stream. */
function knobsOf(params: Readonly<Record<string, Param>>): Record<string, KnobSpec> {
  const known = Object.entries(params).flatMap(([key, param]): [string, KnobSpec][] => {
    if (param.kind === 'ordinals') return [];
    const { label } = param;
    if (param.kind === 'number') {
      const { unit, min, max, step } = param;
      return [[`p-${key}`, { label, unit, min, max, step, initial: String(param.initial) }]];
    }
    const options = param.choices.map((value) => ({ value, label: value }));
    return [[`p-${key}`, { label, options, initial: param.initial }]];
  });
  return Object.fromEntries(known);
}

function draft(fault: string, values: Readonly<Record<string, string>>): unknown {
  const spec = OFFERED.find(({ name }) => name === fault)?.params ?? {};
  const from = Number(values.from ?? 0);
  const until = Number(values.until ?? 0);
  const given = Object.entries(values).flatMap(([key, value]) => {
    const name = key.slice(2);
    const kind = key.startsWith('p-') ? spec[name]?.kind : undefined;
    return kind === undefined ? [] : [[name, kind === 'number' ? Number(value) : value]];
  });
  const params = Object.fromEntries(given) as ParamValues;
  const when = until > 0 ? { from, until } : { from };
  return { fault, direction: values.direction ?? 'both', when, params };
}
