/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proto: what the host and the agent say to each other.
 *
 * Frames go over the virtio-serial port named KILN_PORT, little-endian, a
 * head and then .len bytes. The host sends requests one at a time; the
 * agent sends any number of FRAME_DATA and then one FRAME_ANSWER for each.
 * Included by the host's checker/job.c and by the freestanding agent, so it
 * names nothing but integers of fixed size.
 *
 * What the host knows beforehand it lays into the inbox, memory that both
 * see (the second BAR of a PCI device), before the guest runs: frames, one
 * after the other, as they would come over the port. So nothing arrives at a
 * time of the host's. The agent reads the port when the inbox is used up.
 *
 * After a step that ran out of time, or was killed and was no mere program,
 * further steps are not tried: their answer is ANSWER_SKIPPED.
 *
 * Around each plan step, and at the end, the agent writes to /dev/kmsg:
 *
 *	kiln: NONCE begin STEP
 *	kiln: NONCE round STEP ROUND
 *	kiln: NONCE end STEP RESULT
 *	kiln: NONCE done
 *
 * NONCE is KILN_NONCE_LEN hexadecimal digits, fresh for each run and given
 * after the resume; STEP counts from 0, ROUND from 1.
 */
#ifndef KILN_GUEST_PROTO_H
#define KILN_GUEST_PROTO_H

#define KILN_PORT	  "kiln.job"
#define KILN_PROTO	  2
#define KILN_NONCE_LEN	  16
#define KILN_ENTROPY_LEN  32
#define KILN_FRAME_MAX	  (1u << 20) /* most bytes after a head */
#define KILN_OUTPUT_MAX	  (1u << 20) /* most output kept of one step */
#define KILN_INBOX_SIZE	  (64u << 20) /* a PCI BAR: a power of two */
#define KILN_INBOX_READY  0x786f626e696b6c69ull
#define KILN_INBOX_VENDOR 0x1af4u
#define KILN_INBOX_DEVICE 0x1110u
#define KILN_MODULE_SPACE 0xffffffffa0000000ull
#define KILN_HARNESS	  "kiln_unwind"
#define KILN_ROUNDS_MAX	  500 /* of one step */

/* At the start of the inbox. */
struct inbox_head {
	__UINT64_TYPE__ ready; /* KILN_INBOX_READY, set last */
	__UINT64_TYPE__ len; /* of the frames that follow */
};

struct frame_head {
	__UINT32_TYPE__ len;
	__UINT16_TYPE__ type;
	__UINT16_TYPE__ seq; /* of the request; an answer repeats it */
};

enum frame_type {
	/* Host to agent. */
	FRAME_START = 1, /* struct frame_start */
	FRAME_PUT,	 /* struct frame_put, path, data */
	FRAME_INSMOD,	 /* struct frame_step, path, parameters */
	FRAME_RMMOD,	 /* struct frame_step, name, "" */
	FRAME_RUN,	 /* struct frame_step, path, argv[1..] each with NUL */
	FRAME_READ,	 /* struct frame_step, path, "" */
	FRAME_WRITE,	 /* struct frame_step, path, bytes */
	FRAME_SLEEP,	 /* struct frame_step, "", milliseconds in decimal */
	FRAME_LEAKS,	 /* struct frame_step, "", "" */
	FRAME_KUNIT,	 /* nothing: the results in debugfs */
	FRAME_END,	 /* nothing: write the end marker */
	FRAME_SPIN,	 /* u32: burn so many ms of guest time */
	/* A step of many rounds: soak and failslab; see frame_step.round. */
	FRAME_HARNESS,	 /* struct frame_step, path: load it, once */
	FRAME_BEGIN,	 /* struct frame_step, "", "" */
	FRAME_REPORT,	 /* struct frame_step, "", "": what the harness saw */
	FRAME_LEFT,	 /* struct frame_step, "", "": names new since BEGIN */
	FRAME_FINISH,	 /* struct frame_step, "", the result in decimal */
	/*
	 * For a person: a shell on the console, until it ends. FRAME_RESIZE
	 * may come meanwhile, over the port, and is not answered.
	 */
	FRAME_SHELL,	 /* struct frame_shell, TERM */
	FRAME_RESIZE,	 /* struct frame_shell */
	FRAME_RESET,	 /* nothing, and no answer: the guest ends */

	/* Agent to host. */
	FRAME_HELLO = 64, /* struct frame_hello: booted, waiting for a job */
	FRAME_DATA,	  /* bytes: output of the request under way */
	FRAME_ANSWER,	  /* struct frame_answer */
};

struct frame_hello {
	__UINT32_TYPE__ proto; /* KILN_PROTO */
	__UINT32_TYPE__ pid;   /* 1, or somebody else is speaking */
};

struct frame_start {
	char nonce[KILN_NONCE_LEN];
	__UINT8_TYPE__ entropy[KILN_ENTROPY_LEN];
	__UINT64_TYPE__ chaos; /* what to disturb the schedule by; 0: not */
};

struct frame_put {
	__UINT32_TYPE__ mode;
	__UINT32_TYPE__ path_len;
	/* path, without NUL; then the data; a path put twice is appended to */
};

struct frame_step {
	__INT32_TYPE__ step;	  /* counts from 0 */
	__UINT32_TYPE__ budget_ms; /* guest time that it may take */
	__UINT32_TYPE__ path_len;
	/*
	 * 0: a step of its own. Otherwise INSMOD, RMMOD and LEAKS are parts
	 * of a step that BEGIN and FINISH enclose, this is the number of the
	 * round, from 1 on, and the module is loaded through the harness
	 * (harness/), which lets allocation .nth of its init fail; 0: none.
	 */
	__UINT32_TYPE__ round;
	__UINT32_TYPE__ nth;
	/* path, without NUL; then the rest of the frame */
};

#define KILN_SHELL  "/bin/busybox" /* put there by the host */
#define KILN_LESSON "/lesson"	   /* where the shell stands */
#define KILN_SCRIPT "/tmp/.script" /* likewise put; run instead of asking */

struct frame_shell {
	__UINT16_TYPE__ rows;
	__UINT16_TYPE__ columns; /* of the terminal; 0: not known */
	__UINT32_TYPE__ script;	 /* KILN_SCRIPT is to be run */
	/* the terminal's kind follows, without NUL */
};

enum answer_how {
	ANSWER_DONE,	   /* .result: 0 or -errno; exit status for RUN */
	ANSWER_SIGNALED,   /* .result: the signal that ended it */
	ANSWER_OVERDUE,	   /* the budget ran out; DATA ends in stacks */
	ANSWER_BAD_REQUEST,
	ANSWER_SKIPPED, /* an earlier step has ended the plan */
};

struct frame_answer {
	__UINT32_TYPE__ how;
	__INT32_TYPE__ result;
	__UINT64_TYPE__ guest_us; /* guest time that it took */
};

#endif
