package xmlio

const version2 = "http://www.stormware.cz/schema/version_2/"

// house are the prefixes of these tests.
var house = NewNamespaces(map[string]string{
	"dat": version2 + "data.xsd",
	"ord": version2 + "order.xsd",
	"typ": version2 + "type.xsd",
	"rsp": version2 + "response.xsd",
})
