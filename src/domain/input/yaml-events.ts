/** The used part of the YAML parser: events and scalar texts. Only this file imports the package. */

export type { Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
export { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
