"""The phone's room: what is asked over HTTP and DNS, who may ask it, and the pages. Nothing here waits."""
