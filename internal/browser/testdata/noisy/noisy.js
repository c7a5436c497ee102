console.error("loud");
throw new Error("thrown");
