// An opened capture, packet by packet: the list, the layers and bytes of the chosen one, and the messages
// that it carried.

import { useCallback, useState } from 'react';
import type { Selection } from '../../capture/capture.ts';
import type { PacketAnalysis } from '../../capture/packet-analysis.ts';
import { messagesIn } from '../../capture/packet-links.ts';
import { Button } from '../../ui/Button.tsx';
import { summaryOf } from '../../views/describe-frame.ts';
import { HexView } from '../../views/HexView.tsx';
import { LayerTree } from '../../views/LayerTree.tsx';
import { FieldLinks } from './FieldLinks.tsx';
import { FilterBox } from './FilterBox.tsx';
import styles from './PacketPane.module.css';
import { PacketTable } from './PacketTable.tsx';
import type { Opened } from './use-inspector.ts';
import { usePacketFilter } from './use-packet-filter.ts';

interface Props {
  readonly opened: Opened;
  readonly selection: Selection | undefined;
  onSelect(selection: Selection | undefined): void;
}

export function PacketPane({ opened, selection, onSelect }: Props) {
  const { analysis, packets } = opened;
  const [text, setText] = useState('');
  const { shown, done, apply } = usePacketFilter(analysis);
  const choose = useCallback((frame: number) => onSelect({ frame }), [onSelect]);
  const filterBy = (filter: string) => {
    setText(filter);
    apply(filter);
  };
  const detail = { capture: packets, selection, onSelect };
  return (
    <div className={styles.pane}>
      <FilterBox
        text={text}
        result={resultOf(analysis.file.packets.length, shown, done)}
        onText={setText}
        onApply={apply}
      />
      <div className={styles.list}>
        <PacketTable
          analysis={analysis}
          shown={shown}
          selected={selection?.frame}
          onSelect={choose}
        />
      </div>
      <div className={styles.details}>
        <div className={styles.layers}>
          <LayerTree {...detail} />
          <FieldLinks
            frame={selection && packets.frames[selection.frame]}
            selection={selection}
            onFilter={filterBy}
          />
        </div>
        <div className={styles.bytes}>
          {selection && <Carried analysis={analysis} packet={selection.frame} onChoose={choose} />}
          <HexView {...detail} />
        </div>
      </div>
    </div>
  );
}

const count = (n: number): string => n.toLocaleString('en');

function resultOf(all: number, shown: Uint32Array | undefined, done: number | undefined): string {
  if (done !== undefined) return `Looking through packet ${count(done)} of ${count(all)}…`;
  if (!shown) return `${count(all)} ${all === 1 ? 'packet' : 'packets'}`;
  if (shown.length === 0) return `None of ${count(all)} packets fits this filter.`;
  return `${count(shown.length)} of ${count(all)} packets`;
}

interface CarriedProps {
  readonly analysis: PacketAnalysis;
  readonly packet: number;
  onChoose(packet: number): void;
}

const MOST_PACKETS = 12;

/** The messages of which this packet brought a part, and the packets that brought the rest. */
function Carried({ analysis, packet, onChoose }: CarriedProps) {
  const several = messagesIn(analysis, packet).filter(({ packets }) => packets.length > 1);
  if (several.length === 0) return null;
  return (
    <ul className={styles.carried}>
      {several.map(({ message, packets }) => (
        <li key={message.id}>
          <p>
            Part {packets.indexOf(packet) + 1} of {packets.length} of a message:{' '}
            {summaryOf(message)}
          </p>
          {packets.slice(0, MOST_PACKETS).map((one) => (
            <Button
              key={one}
              aria-label={`Packet ${one + 1}`}
              aria-current={one === packet ? 'true' : undefined}
              onClick={() => onChoose(one)}
            >
              {one + 1}
            </Button>
          ))}
          {packets.length > MOST_PACKETS && (
            <Button onClick={() => onChoose(packets.at(-1) ?? packet)}>
              … {(packets.at(-1) ?? 0) + 1}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
