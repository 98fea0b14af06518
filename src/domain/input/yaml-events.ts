/** The part of the YAML parser that is needed: its events and the texts of scalars. Only this file names the package. */

export type { Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
export { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
