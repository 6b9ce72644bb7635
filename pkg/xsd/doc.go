// Package xsd reads XML schemas: it validates documents with findings that a
// person understands, and it is the index of what the schemas say of each
// element: type, limits, enumerations, occurrence.
//
// It implements the part of XSD 1.0 that POHODA's schemas use, exactly, and
// refuses schemas with anything else: no include, redefine, substitution,
// identity constraints, lists, restrictions of complex types or of unions,
// processed wildcards. Verdicts are those of the standard, as other validators
// confirm in the tests.
//
// The validator is pushed: a Session is told of tags and texts as they come,
// from a file or from an element tree, and goes on after a finding with the
// next thing that can be checked.
package xsd
