/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Maps a file privately, as a resumed QEMU does, and writes to its page 3. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int fd = argc > 1 ? open(argv[1], O_RDONLY) : -1;
	volatile char *p;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return 1;
	p = mmap(NULL, st.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return 1;
	for (long i = 0; i < st.st_size; i += 4096)
		(void)p[i];
	/* The same byte: that it was written to is what counts. */
	p[3 * 4096 + 7] = p[3 * 4096 + 7];
	for (;;)
		pause();
}
