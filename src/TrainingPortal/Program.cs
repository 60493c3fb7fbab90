using TrainingPortal.Web.Commands;

return await PortalCommands.RunAsync(args);
