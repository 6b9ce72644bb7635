// Package xmlio carries XML between bytes and elements: a strict streaming
// Scanner over any encoding that charset knows, whole subtrees as etree
// elements, and a quick serializer for them.
//
// Prefixes in files are free, so every name is given in the customary prefixes of
// Namespaces ("ord:text"), whatever the file used. What is not well-formed by
// XML 1.0 (fifth edition) and Namespaces in XML 1.0 is refused as a *diag.Issue
// with its position. There is no DTD: a DOCTYPE is refused, and with it every
// entity beyond the five that XML predefines.
package xmlio
