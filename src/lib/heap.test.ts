import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHeap } from './heap.ts';

it('gives back in order whatever was put in, also when taking out comes between', () => {
  const command = fc.oneof(fc.integer(), fc.constant('pop' as const));
  fc.assert(
    fc.property(fc.array(command), (commands) => {
      const heap = createHeap<number>((a, b) => a < b);
      let model: number[] = [];
      for (const one of commands) {
        if (one === 'pop') {
          expect(heap.pop()).toBe(model[0]);
          model = model.slice(1);
        } else {
          heap.push(one);
          model = [...model, one].sort((a, b) => a - b);
        }
        expect(heap.size).toBe(model.length);
        expect(heap.peek()).toBe(model[0]);
      }
    }),
  );
});
