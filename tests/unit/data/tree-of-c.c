int g(int); int h(int);
#define CALL(x) g(x)
static int other(int a)
{
	return h(a);
}
int f(int a)
{
	int (*p)(int) = h;

	if (CALL(a))
		return (*p)(a);
	return other(
		g(a));
}
