// SPDX-License-Identifier: Apache-2.0
/* Does nothing: built static, it costs little more than its own execution. */
int main(void)
{
	return 0;
}
