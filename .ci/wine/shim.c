/*
 * What Go asks of Windows and wine 8.0 does not have. Built as
 * bcryptprimitives.dll, which every Go program loads when it starts; for tests
 * under wine alone, never shipped.
 */
#include <windows.h>
#include <winternl.h>

#define STATUS_UNKNOWN_CLASS ((NTSTATUS)0xC0000003) /* STATUS_INVALID_INFO_CLASS */
#define STATUS_NO_SUCH_THING ((NTSTATUS)0xC0000002) /* STATUS_NOT_IMPLEMENTED */

/* RtlGenRandom of advapi32, under the name that it has there. */
BOOLEAN NTAPI SystemFunction036(PVOID out, ULONG size);

/* Random bytes, for crypto/rand and the seeds of maps (Go 1.22 and later). */
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE out, SIZE_T size)
{
	while (size > 0) {
		ULONG piece = size < 1 << 20 ? (ULONG)size : 1 << 20;
		if (!SystemFunction036(out, piece))
			return FALSE;
		out += piece;
		size -= piece;
	}
	return TRUE;
}

typedef NTSTATUS(NTAPI *set_information)(HANDLE, PIO_STATUS_BLOCK, PVOID, ULONG, ULONG);

static set_information of_wine;

/*
 * A Windows that does not know a class of information (deleting a file as POSIX
 * does it came with Windows 10) says that the class is unknown, and Go then takes
 * the older way. wine says that the function is missing, which Go takes for an
 * error: os.RemoveAll, and with it the end of every test, would fail.
 */
static NTSTATUS NTAPI as_windows_says(HANDLE file, PIO_STATUS_BLOCK io, PVOID data, ULONG size, ULONG class)
{
	NTSTATUS status = of_wine(file, io, data, size, class);
	return status == STATUS_NO_SUCH_THING ? STATUS_UNKNOWN_CLASS : status;
}

/*
 * Puts as_windows_says in the place of NtSetInformationFile in the table by which
 * Go finds it. The table counts from ntdll's beginning, upwards and in 32 bits:
 * the build gives this library an address above wine's ntdll.
 */
BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved)
{
	(void)self, (void)reserved;
	if (reason != DLL_PROCESS_ATTACH)
		return TRUE;
	BYTE *ntdll = (BYTE *)GetModuleHandleA("ntdll.dll");
	BYTE *wanted = (BYTE *)GetProcAddress((HMODULE)ntdll, "NtSetInformationFile");
	IMAGE_NT_HEADERS *head = (IMAGE_NT_HEADERS *)(ntdll + ((IMAGE_DOS_HEADER *)ntdll)->e_lfanew);
	DWORD place = head->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress;
	IMAGE_EXPORT_DIRECTORY *exports = (IMAGE_EXPORT_DIRECTORY *)(ntdll + place);
	DWORD *functions = (DWORD *)(ntdll + exports->AddressOfFunctions);
	ULONG64 distance = (ULONG64)as_windows_says - (ULONG64)ntdll;
	if (distance >> 32)
		return FALSE;
	of_wine = (set_information)(void *)wanted;
	for (DWORD n = 0; n < exports->NumberOfFunctions; n++) {
		DWORD before;
		if (ntdll + functions[n] != wanted)
			continue;
		if (!VirtualProtect(&functions[n], sizeof functions[n], PAGE_READWRITE, &before))
			return FALSE;
		functions[n] = (DWORD)distance;
		VirtualProtect(&functions[n], sizeof functions[n], before, &before);
		return TRUE;
	}
	return FALSE;
}
