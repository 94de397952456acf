import type { EditorPython } from './editor-python.js';

interface Field {
  readonly id: string;
  readonly object: string;
  readonly property: string;
  value: unknown;
}

interface Preset {
  readonly name: string;
  readonly fields: Field[];
}

/** What is told to those who registered for a preset. */
export interface PresetNews {
  readonly preset: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Transient presets: properties of objects by whose changes an editor tells news. They end with it. */
export class Presets {
  readonly #presets = new Map<string, Preset>();
  #made = 0;
  #told = 0;

  get names(): string[] {
    return [...this.#presets.keys()];
  }

  make(): string {
    const name = `TransientPreset_${this.#made++}`;
    this.#presets.set(name, { name, fields: [] });
    return name;
  }

  remove(name: string): boolean {
    return this.#presets.delete(name);
  }

  has(name: string): boolean {
    return this.#presets.has(name);
  }

  /** Exposes a property and gives the field's id. */
  expose(name: string, object: string, property: string, value: unknown): string {
    const id = `${name}_${property}`;
    this.#presets.get(name)?.fields.push({ id, object, property, value });
    return id;
  }

  /** What has changed since it was looked at last, the last value only, as the editor tells it every five frames. */
  async news(python: EditorPython): Promise<PresetNews[]> {
    const news: PresetNews[] = [];
    for (const { name, fields } of this.#presets.values()) {
      const changed: unknown[] = [];
      for (const field of fields) {
        const outcome = await python.property(field);
        if ('missing' in outcome || outcome.value === field.value) continue;
        field.value = outcome.value;
        changed.push({
          PropertyLabel: field.property,
          Id: field.id,
          ObjectPath: field.object,
          PropertyValue: field.value,
        });
      }
      if (changed.length === 0) continue;
      const facts = { PresetName: name, PresetId: name, ChangedFields: changed };
      news.push({
        preset: name,
        event: { Type: 'PresetFieldsChanged', ...facts, SequenceNumber: this.#told++ },
      });
    }
    return news;
  }
}
