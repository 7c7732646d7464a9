// What every page promises to everybody: axe finds nothing, and there is nothing to scroll to but the page.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * axe finds no violation in the page, or in what `part` selects. Its "legacy mode" leaves out frames of other origins,
 * which no page of ours has, and opens no second page for the result: a third of the time.
 */
export async function isClean(page: Page, what: string, part?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (part ? axe.include(part) : axe).analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** The page needs no scrolling sideways, and has no empty space below its end. */
export async function fits(page: Page, what: string): Promise<void> {
  const { width, below } = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return {
      width: scrollWidth,
      below: scrollHeight - Math.max(innerHeight, document.body.offsetHeight),
    };
  });
  expect(width, what).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  expect(below, `${what}, below its end`).toBeLessThanOrEqual(1);
}
