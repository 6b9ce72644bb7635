package xsd

import (
	"bytes"
	"net/url"
	"strings"
	"unicode/utf8"
)

// isBase64 reads groups of four characters; single spaces may stand between
// them, and the bits that padding leaves over are nought (XSD 1.0 part 2,
// 3.2.16).
func isBase64(v []byte) bool {
	n, padding := 0, 0
	last := byte(0)
	for i, b := range v {
		switch {
		case b == ' ':
			if i+1 == len(v) {
				return false
			}
			continue
		case b == '=':
			padding++
		case padding > 0 || bytes.IndexByte([]byte(base64Alphabet), b) < 0:
			return false
		default:
			last = b
		}
		n++
	}
	bits := bytes.IndexByte([]byte(base64Alphabet), last)
	switch padding {
	case 0:
		return n%4 == 0
	case 1:
		return n%4 == 0 && bits&3 == 0
	case 2:
		return n%4 == 0 && bits&15 == 0
	}
	return false
}

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// base64Size counts the octets of valid base64.
func base64Size(v []byte) int {
	n := len(v) - bytes.Count(v, []byte(" "))
	return n/4*3 - bytes.Count(v, []byte("="))
}

func isHex(v []byte) bool {
	for _, b := range v {
		if !isHexDigit(b) {
			return false
		}
	}
	return len(v)%2 == 0
}

func isHexDigit(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

func hexSize(v []byte) int { return len(v) / 2 }

// isURI takes a URI reference in which the characters that a URI may not have
// stand unescaped (XSD 1.0 part 2, 3.2.17): nearly everything.
func isURI(v []byte) bool {
	var escaped strings.Builder
	for _, b := range v {
		if b <= ' ' || b >= 0x7f || strings.IndexByte("<>\"{}|\\^`", b) >= 0 {
			escaped.WriteString("%20")
		} else {
			escaped.WriteByte(b)
		}
	}
	_, err := url.Parse(escaped.String())
	return err == nil && bytes.Count(v, []byte("#")) <= 1
}

// characters counts what the length facets of texts limit.
func characters(v []byte) int { return utf8.RuneCount(v) }
