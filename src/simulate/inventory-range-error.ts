/** A path without an inventory bound left the tabulated inventories. */
export class InventoryRangeError extends Error {
  override readonly name = 'InventoryRangeError';
  constructor(path: number, inventory: number) {
    super(
      `path ${path}: inventory ${inventory} left the range of the quote table; set simulator.Q_max to bound the inventory`,
    );
  }
}
