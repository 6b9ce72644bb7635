package config

import "github.com/gopohoda/pohoda/pkg/diag"

// Codes of what can be wrong with a configuration. All of them mean that
// nothing is done (exit code 2).
const (
	CodeNotFound        diag.Code = "config-not-found"
	CodeUnreadable      diag.Code = "config-unreadable"
	CodeNotUTF8         diag.Code = "config-not-utf8"
	CodeSyntax          diag.Code = "config-syntax"
	CodeUnsupported     diag.Code = "config-unsupported-yaml"
	CodeUnknownKey      diag.Code = "config-unknown-key"
	CodeDuplicateKey    diag.Code = "config-duplicate-key"
	CodeMissingKey      diag.Code = "config-missing-key"
	CodeWantMapping     diag.Code = "config-want-mapping"
	CodeWantList        diag.Code = "config-want-list"
	CodeWantValue       diag.Code = "config-want-value"
	CodeBadValue        diag.Code = "config-bad-value"
	CodeBadNumber       diag.Code = "config-bad-number"
	CodeBadDate         diag.Code = "config-bad-date"
	CodeUnsetVariable   diag.Code = "config-unset-variable"
	CodeBadSubstitution diag.Code = "config-bad-substitution"
	CodeInvisible       diag.Code = "config-invisible-character"
	// CodeUnknownVariable is the one that only warns.
	CodeUnknownVariable diag.Code = "config-unknown-variable"
)
