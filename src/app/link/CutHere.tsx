// "Cut here": the frame or byte that the learner points at becomes a place where the next run breaks.

import { useState } from 'react';
import type { Capture, Selection } from '../../capture/capture.ts';
import { placeOf } from '../../capture/place.ts';
import type { At, Place } from '../../faults/place.ts';
import { type FaultScript, MAX_ENTRIES, parseScript } from '../../faults/script.ts';
import { Button } from '../../ui/Button.tsx';
import { KnobField } from '../../ui/KnobField.tsx';
import styles from './CutHere.module.css';
import { withEntry } from './learner-script.ts';
import { placeWords } from './script-words.ts';

interface Props {
  readonly capture: Capture;
  readonly selection: Selection | undefined;
  readonly script: FaultScript;
  onScript(script: FaultScript): void;
  onRun(script: FaultScript): void;
}

const HOW = {
  label: 'The link',
  options: [
    { value: 'reset', label: 'resets the connection (RST)' },
    { value: 'close', label: 'closes the connection (FIN)' },
    { value: 'stall', label: 'goes silent for 3 seconds' },
  ],
  initial: 'reset',
} as const;

const SILENCE_MS = 3_000;

export function CutHere({ capture, selection, script, onScript, onRun }: Props) {
  const [how, setHow] = useState<string>(HOW.initial);
  const [where, setWhere] = useState('after');
  const frame = selection && capture.frames[selection.frame];
  const places = frame && selection ? placesAt(capture, selection) : undefined;
  if (!frame || !places) {
    return <p className={styles.cut}>Select a frame or a byte, and the link can break there.</p>;
  }
  const place = places[where] ?? places.after;
  if (!place) return null;
  const isFull = script.entries.length >= MAX_ENTRIES;
  const cut = (): FaultScript => {
    const entry = {
      fault: how,
      direction: how === 'stall' ? 'both' : place.direction,
      when: { place, ...(how === 'stall' ? { everywhere: true, for: SILENCE_MS } : {}) },
    };
    const parsed = parseScript({ ...script, entries: [...script.entries, entry] });
    const last = parsed.ok ? parsed.value.entries.at(-1) : undefined;
    return last ? withEntry(script, last) : script;
  };
  return (
    <fieldset className={styles.cut}>
      <legend>Break the link here</legend>
      <KnobField knob={HOW} value={how} onChange={setHow} />
      <KnobField knob={whereKnob(places)} value={where} onChange={setWhere} />
      <Button kind="primary" aria-disabled={isFull} onClick={() => isFull || onRun(cut())}>
        Cut here and run again
      </Button>
      <Button aria-disabled={isFull} onClick={() => isFull || onScript(cut())}>
        Add to the script
      </Button>
      <p>
        {isFull
          ? 'The script is full. Remove something first.'
          : `The next run breaks ${placeWords(place)}.`}
      </p>
    </fieldset>
  );
}

type Places = Readonly<Record<string, Place>>;

/** What can be named of what is selected: before it, after it, and at the byte that is pointed at. */
function placesAt(capture: Capture, { frame: id, layer, field }: Selection): Places | undefined {
  const frame = capture.frames[id];
  if (!frame) return undefined;
  const at = (point: At): Place | undefined => placeOf(capture, frame, point, layer);
  const [before, after] = [at('before'), at('after')];
  if (!before || !after) return undefined;
  const length = frame.sources[0]?.bytes.length ?? 0;
  const middle = length > 1 ? at(length >> 1) : undefined;
  const chosen = layer === undefined ? undefined : frame.layers[layer];
  // Only bytes that crossed the wire as they are have an offset there.
  const start =
    chosen?.source === 0 && field !== undefined ? chosen.fields[field]?.range[0] : undefined;
  const byte = start === undefined ? undefined : at(start);
  return {
    before,
    after,
    ...(middle ? { middle } : {}),
    ...(byte ? { byte } : {}),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  before: 'before it passes',
  middle: 'in the middle of it',
  after: 'right after it has passed',
  byte: 'at the byte that is selected',
};

const whereKnob = (places: Places) => ({
  label: 'When',
  options: Object.keys(WORDS)
    .filter((value) => places[value])
    .map((value) => ({ value, label: WORDS[value] ?? value })),
  initial: 'after',
});
